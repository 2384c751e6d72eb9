//! CloudFront's policies, keys and links, true without a computer around them.
//!
//! Deliberately not here: windows, keychains, files, networks and clocks. Time is passed in, bytes
//! come in and go out, so that every rule can be tested in milliseconds.

pub mod address;
pub mod calendar;
pub mod characters;
pub mod clock;
pub mod day_end;
pub mod document_list;
pub mod encoding;
mod folding;
pub mod foreign;
pub mod host;
pub mod inspection;
pub mod key;
pub mod key_backup;
pub mod key_file;
pub mod lifetime;
pub mod link_conditions;
pub mod moment;
pub mod pasted;
pub mod policy;
pub mod policy_resource;
pub mod public_key_id;
pub mod qr;
pub mod secrecy;
pub mod signed_cookies;
pub mod signed_url;
pub mod site;
pub mod site_in_text;
pub mod stack;
pub mod verify;
