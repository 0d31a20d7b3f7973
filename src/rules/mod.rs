//! Every rule, one file each. To add one, copy a neighbour, add its name below, and a fixture.
//!
//! The header of the file is the rule's page: one sentence, `## Why`, `## Example`, `## Fix` and
//! `## Source`, where the behaviour can be looked up. Its fenced blocks are examples, and tests run
//! them:
//!
//! - ` ```yaml bad ` is a stack with a finding of this rule and no other; where another cannot be
//!   avoided, ` ```yaml bad also other-rule `. ` ```yaml good ` has no finding of the rule, and no
//!   error. A page has one of each at least.
//! - A block with a file's name stands beside the examples that follow, up to a block of the same
//!   name: ` ```yaml nodes.yml ` (the inventory), ` ```yaml override.yml ` (merged into the stack),
//!   ` ```yaml live.yml ` (the running swarm, which the inventory is compared with),
//!   ` ```yaml old.yml ` (the stack as it was deployed; its files are looked for in `old/` first),
//!   ` ```toml settings.toml `, ` ```env web.env `. The verdict comes after the name and stands on the
//!   block that has the finding: ` ```yaml nodes.yml bad `. A block without a name is `stack.yml`.
//! - A bad block holds on in the same way. A good one takes the place of its namesake and is then
//!   forgotten, so that several ways out can follow each other.
//! - ` ```console ` enters commands, with a verdict or without: `$ export NAME=value`; `$ wc -c FILE`
//!   and the line that it prints, for a file of that size; `$ git add FILE`, for a file that Git keeps; `$ docker stack deploy -c stack.yml NAME`,
//!   for the stack's name (`shop` without).
//! - Blocks of `sh`, `text` and `toml` without a name are only read.

mod amounts;
mod compose;
mod constraints;
mod dollars;
mod files;
mod fixes;
mod grounds;
mod merged;
mod mounts;
mod placing;
mod refused;
mod secrets;
mod services;
mod texts;
mod traefik;
mod types;
mod unused;
mod updating;
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
    address_pools_overlap,
    alias_conflict,
    anchor_unused,
    anonymous_volume,
    bind_mount_unpinned,
    boolean_word_without_quotes,
    byte_order_mark,
    client_address_hidden,
    command_comment,
    command_in_one_word,
    command_syntax,
    compose_only_key,
    config_as_bind,
    config_content_changed,
    config_empty,
    config_not_versioned,
    config_target_root,
    config_template_driver,
    config_too_large,
    constraint_arch_alias,
    constraint_contradiction,
    constraint_glob_literal,
    constraint_label_case,
    constraint_pins_to_one_node,
    constraint_role_value,
    constraint_unknown_key,
    constraint_unsatisfiable,
    cpu_limit_exceeds_node,
    curl_pipe_shell,
    dangerous_capability,
    dangerous_sysctl,
    data_outside_volume,
    database_port_published,
    default_network_used,
    depends_on_long_form,
    dnsrr_with_ingress_port,
    docker_api_exposed,
    docker_socket_mount,
    dotenv_not_loaded,
    duplicate_file_target,
    duplicate_key,
    duplicate_list_item,
    duplicate_merge_key,
    duplicate_mount_target,
    empty_stack,
    empty_variable_filled,
    env_and_file_both_set,
    env_file_format,
    env_file_long_form,
    env_file_missing,
    even_manager_count,
    even_quorum,
    every_node_drained,
    external_name_deprecated,
    external_network_scope,
    external_with_options,
    extra_host_dropped,
    failure_action_without_node,
    failure_ratio_range,
    file_mode_decimal,
    file_variable_unsupported,
    forbidden_key,
    generic_resource_missing,
    global_with_replicas,
    healthcheck_disable_and_test,
    healthcheck_disabled,
    healthcheck_never_runs,
    healthcheck_port_mismatch,
    healthcheck_tests_joined,
    healthcheck_timing,
    healthcheck_tool_missing,
    healthcheck_without_command,
    heap_exceeds_limit,
    home_not_set,
    home_of_other_user,
    host_network,
    host_port_on_internal_network,
    host_port_replicas,
    host_port_start_first,
    idle_connections_cut,
    ignore_without_reason,
    image_data_path_moved,
    image_end_of_life,
    image_latest_tag,
    image_local_only,
    image_missing,
    image_moved,
    image_mutable_tag,
    image_reference_invalid,
    image_without_digest,
    image_without_tag,
    ingress_network_attached,
    insecure_admin_interface,
    invalid_byte_size,
    invalid_constraint,
    invalid_cpu_value,
    invalid_credential_spec,
    invalid_dns_address,
    invalid_duration,
    invalid_enum,
    invalid_interpolation,
    invalid_inventory,
    invalid_name,
    invalid_restart_policy,
    invalid_subnet,
    invalid_template,
    inventory_drift,
    job_restart_condition,
    job_runs_again,
    job_update_config,
    key_ignored,
    key_ignored_silently,
    key_needs_newer_version,
    key_order,
    local_volume_many_replicas,
    local_volume_unpinned,
    logging_disabled,
    logging_driver_unknown,
    logging_unbounded,
    malformed_ignore,
    managers_in_one_zone,
    max_replicas_on_global,
    max_replicas_start_first,
    merge_loses_entry,
    merged_mapping_replaced,
    min_available_policy,
    missing_external_config,
    missing_external_network,
    missing_external_secret,
    missing_external_volume,
    missing_file,
    missing_key,
    missing_label,
    misspelt_host,
    mixed_port_syntax,
    mount_option_ignored,
    mount_option_mismatch,
    mount_syntax,
    mount_target_relative,
    mtu_too_large,
    multi_document,
    name_conflict,
    network_attachable,
    network_change_ignored,
    network_driver_not_swarm,
    network_not_encrypted,
    nfs_volume_options,
    no_cap_drop,
    no_common_network,
    no_cpu_limit,
    no_memory_limit,
    no_memory_limits,
    no_memory_reservation,
    no_pids_limit,
    no_replicas,
    no_room_for_lost_node,
    node_service_port,
    non_finite_number,
    non_text_key,
    not_a_mapping,
    not_a_stack_file,
    not_read_only,
    number_out_of_range,
    number_silently_changed,
    object_name_invalid,
    one_letter_volume,
    orphaned_service,
    override_replaces_definition,
    override_without_effect,
    pair_with_colon,
    placement_order_dependent,
    plain_http_router,
    port_conflict,
    port_conflict_cross_stack,
    port_duplicate_in_service,
    port_held_by_another_service,
    port_host_ip_ignored,
    port_in_dynamic_range,
    port_syntax,
    port_without_quotes,
    preference_ignored,
    preference_label_missing,
    quorum_update_without_pause,
    random_published_port,
    reference_key_ignored,
    registry_login_needed,
    relative_bind_mount,
    replicas_exceed_capacity,
    replicas_exceed_max_per_node,
    required_port_closed,
    required_variable_forgotten,
    required_variable_missing,
    required_variable_with_hyphen,
    reservation_exceeds_limit,
    reservation_exceeds_node,
    reserved_label,
    resource_below_minimum,
    restart_conflict,
    restart_delay_zero,
    restart_key,
    restart_max_attempts,
    restart_none_long_running,
    rollback_config_missing,
    rollback_of_rollback,
    runs_as_root,
    scale_overwritten,
    secret_content_changed,
    secret_driver_and_file,
    secret_empty,
    secret_file_path_mismatch,
    secret_file_tracked,
    secret_from_variable,
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
    secret_unreadable_by_user,
    sensitive_host_mount,
    sensitive_host_mount_read,
    service_labels_wrong_level,
    service_mode_changed,
    service_name_invalid,
    service_name_too_long,
    service_without_healthcheck,
    services_not_sorted,
    shared_propagation,
    shell_as_first_process,
    shell_syntax_in_command,
    single_manager,
    single_replica,
    single_writer_many_replicas,
    single_writer_start_first,
    stack_name_invalid,
    start_period_too_short,
    stateful_short_grace,
    static_address_ignored,
    stop_first_gap,
    stop_grace_over_minute,
    subnet_overlap,
    subnet_too_small,
    survive_policy,
    swarm_api_not_on_manager,
    swarm_port_open_to_all,
    swarm_reserved_port,
    sysctl_not_namespaced,
    template_not_filled,
    tmpfs_without_size,
    traefik_labels_wrong_level,
    traefik_missing_port,
    traefik_network_ambiguous,
    traefik_network_unknown,
    traefik_provider_mismatch,
    traefik_router_conflict,
    undefined_config,
    undefined_network,
    undefined_secret,
    undefined_service,
    undefined_volume,
    unescaped_dollar,
    unknown_capability,
    unknown_key,
    unknown_rule_in_ignore,
    unknown_ulimit,
    unplaceable_task,
    unset_variable,
    untrusted_registry,
    unused_config,
    unused_ignore,
    unused_network,
    unused_secret,
    unused_volume,
    update_monitor_too_short,
    update_no_failure_action,
    update_parallelism_all,
    update_start_first_blocked,
    user_not_set,
    variable_in_default,
    variable_in_key,
    variable_type,
    variable_without_braces,
    version_mismatch,
    version_obsolete,
    version_unsupported,
    volume_in_quotes,
    volume_shared_by_services,
    windows_path,
    workload_on_manager,
    wrong_type,
    yaml_bool_value,
    yaml_syntax,
    yaml_value_changed,
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
