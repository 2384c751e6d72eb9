//! Files that are dropped on the window: whoever shows a place for them is told their names. One file alone is kept
//! as the document of a link, and several or a folder as those of a list.

use std::sync::{Mutex, PoisonError};

use tauri::ipc::Channel;
use tauri::{DragDropEvent, State};

use super::views::many::{DropView, Taken};
use super::{IpcError, Signet};
use crate::native::names_of;

/// Who is told; the last one that asked.
#[derive(Default)]
pub(super) struct Drops(Mutex<Option<Channel<DropView>>>);

#[tauri::command]
pub(super) async fn watch_drops(
    signet: State<'_, Signet>,
    channel: Channel<DropView>,
) -> Result<(), IpcError> {
    signet.drops.0.lock().unwrap_or_else(PoisonError::into_inner).replace(channel);
    Ok(())
}

impl Signet {
    /// Tells the page of files that are dragged over the window. Nobody waits for the disk here.
    pub fn dragged(&self, event: &DragDropEvent) {
        let watcher = self.drops.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(channel) = watcher else {
            return;
        };
        // A page that is gone is told nothing, and misses nothing.
        match event {
            DragDropEvent::Enter { .. } => drop(channel.send(DropView::Over)),
            DragDropEvent::Leave => drop(channel.send(DropView::Left)),
            DragDropEvent::Drop { paths, .. } => {
                let (paths, held) = (paths.clone(), self.held_document.clone());
                let files = self.held_files.clone();
                tauri::async_runtime::spawn_blocking(move || {
                    let taken = match paths.as_slice() {
                        // What is no file that can be read is a name alone.
                        [path] if !path.is_dir() => held.take(path).ok().map(Taken::Document),
                        several => Some(match files.take(several) {
                            Ok(files) => Taken::Files(Box::new(files)),
                            Err(error) => Taken::Refused(error),
                        }),
                    };
                    channel.send(DropView::dropped(names_of(&paths), taken))
                });
            }
            _ => {}
        }
    }
}
