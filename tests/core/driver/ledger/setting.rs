//! The facts that never change during the life of a client.

use std::hash::{Hash, Hasher};

use push_source_status::{Policy, RequestTemplate};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub template: RequestTemplate,
    pub policy: Policy,
    pub has_fixed_token: bool,
}

/// Hashes nothing: it is the same in every state of a model, so hashing it would only take time.
impl Hash for Setting {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
