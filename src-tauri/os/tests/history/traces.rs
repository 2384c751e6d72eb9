//! No byte of any file of the history opens a document, and what was forgotten is in none of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use chrono::Utc;
use signet_app::{
    App, ChosenLimits, EntryId, KeyId, Keychain, KeychainError, LinkRecipe, ListKeychainError,
    Note, Profile, Settings, SettingsError,
};
use signet_cloudfront::encoding;
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::policy::Network;
use signet_os::History;
use zeroize::Zeroizing;

use crate::stage::{NOW, files};

#[derive(Clone, Default)]
struct Memory {
    secrets: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    settings: Arc<Mutex<Settings>>,
}

impl Keychain for Memory {
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), KeychainError> {
        self.secrets.lock().unwrap().insert(id.to_string(), secret.to_vec());
        Ok(())
    }

    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        let secrets = self.secrets.lock().unwrap();
        secrets.get(id.as_str()).cloned().map(Zeroizing::new).ok_or(KeychainError::Missing)
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeychainError> {
        self.secrets.lock().unwrap().remove(id.as_str()).map(drop).ok_or(KeychainError::Missing)
    }

    fn names(&self) -> Result<Vec<String>, ListKeychainError> {
        Ok(self.secrets.lock().unwrap().keys().cloned().collect())
    }
}

impl Profile for Memory {
    fn read(&self) -> Result<Settings, SettingsError> {
        Ok(self.settings.lock().unwrap().clone())
    }

    fn update(&self, change: &mut dyn FnMut(&mut Settings)) -> Result<Settings, SettingsError> {
        let mut settings = self.settings.lock().unwrap();
        change(&mut settings);
        Ok(settings.clone())
    }

    fn is_changed(&self) -> bool {
        false
    }
}

/// A app with a key, and links made with it: canned and custom.
fn app_with_links(folder: &Path, documents: &[&str]) -> (App, Vec<(EntryId, String)>) {
    let memory = Memory::default();
    let app = App::new(Box::new(memory.clone()), Box::new(memory))
        .with_history(Box::new(History::at(folder.to_owned())));
    let new =
        app.describe_key(None, "Client papers", "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
    let key = app.add_key(&new, &SigningKey::generate_p256()).unwrap().id;
    let network = Network::parse("203.0.113.7");
    let custom = ChosenLimits { network, folder: Some("/".to_owned()), start: None };
    let mut links = Vec::new();
    for document in documents {
        for limits in [ChosenLimits::default(), custom.clone()] {
            let address = (*document).to_owned();
            let recipe = LinkRecipe { address, lifetime: Lifetime::OneDay, limits };
            let made = app.create_link(&key, &recipe, &Note::default(), NOW, &Utc).unwrap();
            links.push((made.entry.unwrap().unwrap(), made.link.as_str().to_owned()));
        }
    }
    (app, links)
}

fn holds(folder: &Path, needle: &[u8]) -> bool {
    let holds = |bytes: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    files(folder).iter().any(|(_, bytes)| holds(bytes))
}

/// Pieces of what makes a link open something: signature and policy, as they travel and as they are.
fn secrets(link: &str) -> Vec<Vec<u8>> {
    let value = |name: &str| {
        let value = link.split_once(&format!("{name}="))?.1;
        Some(value.split('&').next().unwrap_or_default().to_owned())
    };
    let mut pieces = Vec::new();
    for value in [value("Signature"), value("Policy")].into_iter().flatten() {
        let bytes = encoding::decode(&value).unwrap();
        assert!(value.len() > 80 && bytes.len() > 60);
        pieces.push(value.as_bytes()[4..24].to_vec());
        pieces.push(bytes[4..20].to_vec());
    }
    pieces.push(b"Statement".to_vec());
    pieces.push(b"DateLessThan".to_vec());
    pieces
}

#[test]
fn no_file_holds_a_signature_or_a_policy() {
    let folder = tempfile::tempdir().unwrap();
    let (app, links) = app_with_links(folder.path(), &["first.pdf", "second.pdf"]);
    app.set_note(links[0].0, "for Ms Jones").unwrap();
    for open in [true, false] {
        for (_, link) in &links {
            for secret in secrets(link) {
                assert!(!holds(folder.path(), &secret), "{}", String::from_utf8_lossy(&secret));
            }
        }
        // The control: what is kept is found in the same way.
        for kept in ["first.pdf", "docs.example.com", "Client papers", "Ms Jones", "203.0.113.7"] {
            assert!(holds(folder.path(), kept.as_bytes()), "{kept}");
        }
        if open {
            // Once more without the log.
            app.remove_entries(&[EntryId(99)]).unwrap();
        }
    }
    // The control of the needles: planted, each is found.
    for (number, (_, link)) in links.iter().enumerate() {
        std::fs::write(folder.path().join(format!("planted {number}")), link).unwrap();
        assert!(secrets(link).iter().any(|secret| holds(folder.path(), secret)));
    }
}

#[test]
fn what_is_removed_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let (app, links) = app_with_links(folder.path(), &["goes.pdf", "stays.pdf"]);
    let gone = [links[0].0, links[1].0];
    app.set_note(gone[0], "for Ms Jones").unwrap();
    app.set_note(gone[0], "for Mr Smith").unwrap();
    assert!(!holds(folder.path(), b"Jones"), "a note that was replaced");
    assert!(holds(folder.path(), b"goes.pdf") && holds(folder.path(), b"Smith"), "the control");
    app.remove_entries(&gone).unwrap();
    assert!(holds(folder.path(), b"stays.pdf"), "the control");
    for forgotten in ["goes.pdf", "Smith", "smith"] {
        assert!(!holds(folder.path(), forgotten.as_bytes()), "{forgotten}");
    }
    app.restore_entries(&gone).unwrap();
    assert!(holds(folder.path(), b"goes.pdf"));
}

#[test]
fn what_is_cleared_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<_> = (0..100).map(|number| format!("secret plan {number}.pdf")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (app, links) = app_with_links(folder.path(), &names);
    app.set_note(links[0].0, "for Ms Jones").unwrap();
    app.remove_entries(&[links[7].0]).unwrap();
    let kept = ["secret", "plan", "docs.example.com", "Client papers", "client papers", "Jones"];
    for kept in kept {
        assert!(holds(folder.path(), kept.as_bytes()), "the control: {kept}");
    }
    app.clear_history().unwrap();
    for gone in kept {
        assert!(!holds(folder.path(), gone.as_bytes()), "{gone}");
    }
    drop(app);
    for gone in kept {
        assert!(!holds(folder.path(), gone.as_bytes()), "closed: {gone}");
    }
    let bytes: usize = files(folder.path()).iter().map(|(_, bytes)| bytes.len()).sum();
    // One page for each of the file's tables and indices.
    assert!(bytes <= 8 * 4_096, "{bytes}");
}
