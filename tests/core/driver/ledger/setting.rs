//! What stays as it is as long as a client lives.

use std::hash::{Hash, Hasher};

use push_source_status::{Policy, RequestTemplate};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub template: RequestTemplate,
    pub policy: Policy,
    pub has_fixed_token: bool,
}

/// It tells no state of a model from another, and is not worth the time.
impl Hash for Setting {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
