//! GTK's list of recent files, which every program of the person reads, and in which GTK's dialogs write
//! down what was chosen: where a private key lies is no news for it.
//!
//! GTK has no switch for one dialog, and the one for a whole program makes it empty the list of the
//! others. So an entry that is Signet's alone is taken out in the moment in which it appears, which is
//! before GTK writes the list, a quarter of a second later.

use std::path::Path;

use gtk::RecentManager;
use gtk::glib;
use gtk::prelude::RecentManagerExt;

/// Takes a chosen file out of the list, if it is in it already. For the main thread.
pub(super) fn forget(chosen: &Path) {
    if let Some(list) = RecentManager::default()
        && let Ok(address) = glib::filename_to_uri(chosen, None)
    {
        take_out(&list, &address);
    }
}

/// Takes out all that is Signet's alone: what earlier versions have left there. For the main thread.
pub(super) fn forget_all() {
    let Some(list) = RecentManager::default() else { return };
    for address in list.items().iter().filter_map(gtk::RecentInfo::uri) {
        take_out(&list, &address);
    }
}

fn take_out(list: &RecentManager, address: &str) {
    let Ok(Some(entry)) = list.lookup_item(address) else { return };
    let own = [glib::application_name(), glib::prgname()];
    let is_own = |name: &glib::GString| own.iter().flatten().any(|own| own == name);
    // What another program has used as well is its entry to keep.
    let users = entry.applications();
    if !users.is_empty() && users.iter().all(is_own) {
        // It is gone, or was not there.
        let _ = list.remove_item(address);
    }
}
