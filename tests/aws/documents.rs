//! The documents of a site in their bucket: moto answers, through a proxy that sees each call and can spoil it, and
//! AWS's own library says what is there. What asks is this program once more, as a second process: so it has a login
//! and a home of its own, and can be killed.

mod changed;
mod killed;
mod listed;
mod memory;
mod refused;
mod second_store;
mod sent;
mod sink;
pub mod stage;
mod worker;
