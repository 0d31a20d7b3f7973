//! The inventory's published schema.

use swarm_plan::cluster::inventory;

use crate::support::expect_file;

#[test]
fn the_schema_of_inventories_is_current() {
    expect_file("schemas/nodes.schema.json", &format!("{:#}\n", inventory::json_schema()));
}
