//! Every rule, one file each. To add one, copy a neighbour and add its name below.

mod compose;
mod constraints;
mod refused;
mod secrets;
mod types;
mod words;

use crate::rule::Rule;

/// Declares the rule modules and lists them, so that neither can be forgotten.
macro_rules! rules {
    ($($name:ident,)*) => {
        $(mod $name;)*

        /// Every rule, by id.
        pub static ALL: &[Entry] = &[$(
            Entry { rule: &$name::RULE, file: include_str!(concat!(stringify!($name), ".rs")) },
        )*];
    };
}

rules! {
    command_syntax,
    compose_only_key,
    config_empty,
    config_too_large,
    constraint_arch_alias,
    constraint_contradiction,
    constraint_glob_literal,
    constraint_role_value,
    constraint_unknown_key,
    depends_on_long_form,
    dnsrr_with_ingress_port,
    duplicate_file_target,
    duplicate_key,
    duplicate_list_item,
    duplicate_merge_key,
    duplicate_mount_target,
    env_file_format,
    env_file_long_form,
    env_file_missing,
    external_name_deprecated,
    external_network_scope,
    external_with_options,
    failure_ratio_range,
    forbidden_key,
    global_with_replicas,
    healthcheck_disable_and_test,
    healthcheck_timing,
    home_not_set,
    image_missing,
    image_reference_invalid,
    invalid_byte_size,
    invalid_constraint,
    invalid_cpu_value,
    invalid_credential_spec,
    invalid_duration,
    invalid_enum,
    invalid_interpolation,
    invalid_inventory,
    invalid_name,
    invalid_restart_policy,
    invalid_subnet,
    invalid_template,
    job_update_config,
    key_ignored,
    key_ignored_silently,
    key_needs_newer_version,
    malformed_ignore,
    merge_failed,
    missing_external_config,
    missing_external_network,
    missing_external_secret,
    missing_external_volume,
    missing_file,
    missing_key,
    mount_option_ignored,
    mount_option_mismatch,
    mount_syntax,
    multi_document,
    name_conflict,
    non_finite_number,
    non_text_key,
    not_a_mapping,
    number_out_of_range,
    number_silently_changed,
    object_name_invalid,
    port_conflict,
    port_duplicate_in_service,
    port_host_ip_ignored,
    port_syntax,
    required_variable_missing,
    resource_below_minimum,
    restart_key,
    secret_driver_and_file,
    secret_empty,
    secret_in_build_arg,
    secret_in_command,
    secret_in_config,
    secret_in_driver_option,
    secret_in_env_file,
    secret_in_environment,
    secret_in_healthcheck,
    secret_in_label,
    secret_in_stack_file,
    secret_too_large,
    service_name_invalid,
    service_name_too_long,
    spec_refused,
    stack_name_invalid,
    swarm_reserved_port,
    undefined_config,
    undefined_network,
    undefined_secret,
    undefined_volume,
    unknown_key,
    unknown_rule_in_ignore,
    unset_variable,
    unused_ignore,
    variable_type,
    version_mismatch,
    version_unsupported,
    wrong_type,
    yaml_bool_value,
    yaml_syntax,
}

/// A rule and the file that defines it.
#[derive(Debug)]
pub struct Entry {
    pub rule: &'static Rule,
    file: &'static str,
}

impl Entry {
    /// The rule's documentation in Markdown: the `//!` header of its file.
    pub fn documentation(&self) -> String {
        let header = self.file.lines().map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<_> = header.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        lines.join("\n") + "\n"
    }
}

/// The rule with an id.
pub fn find(id: &str) -> Option<&'static Entry> {
    ALL.binary_search_by_key(&id, |it| it.rule.id).ok().map(|at| &ALL[at])
}

/// The word that a misspelt one most likely meant.
pub use words::nearest as near;

/// The id of a rule that a misspelt name may have meant.
pub fn nearest(name: &str) -> Option<&'static str> {
    words::nearest(name, ALL.iter().map(|it| it.rule.id))
}
