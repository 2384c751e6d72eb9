//! AWS: CloudFront, set up for a key's links (looks at what an account has, makes what a plan says is missing, looks
//! whether it is in force, and takes it back), and the documents of a site in their bucket ([`Documents`]).
//!
//! What has to be there, and what is changed, is [`signet_setup`]'s; here AWS is asked. The login
//! is whatever the AWS tools of this computer use (profiles, SSO, environment). Nothing of it is kept,
//! logged or said, and AWS is spoken to only while one of these functions runs: whoever calls one does
//! so because a person wanted it in that moment. All need a running tokio with its timer and network.

mod account;
mod apply;
mod config_xml;
mod current_state;
mod document_login;
mod documents;
mod echo;
mod error;
mod inspecting;
mod listing;
mod making;
mod meaning;
mod own;
mod pages;
mod port;
mod shown;
mod undo;

pub use account::Account;
pub use documents::Documents;
pub use port::Aws;
