//! The commands on a runtime without a desktop: the real command table and the real capability
//! files, over a keychain, a profile and a desktop that do as they are told.

use std::collections::{HashMap, VecDeque};
use std::future::ready;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Days, Local};
use serde_json::{Value, json};
use signet_app::{
    BatchId, BatchPlan, EntryId, GoOnError, HeldBatch, HistoryEntry, HistoryPage, HistoryQuery,
    HistoryStore, HistoryStoreError, KeyId, Keychain, KeychainError, ListKeychainError, MadeLink,
    Name, Note, Profile, RegisteredKey, SaveError, Settings, SettingsError, UnfinishedBatch, Zoom,
};
use signet_cloudfront::key::PublicKey;
use signet_desktop::ipc::Signet;
use signet_desktop::native::{
    Answer, Browser, Clipboard, ClipboardError, Clock, Desktop, Dialogs, Magnifier, OpenError,
    PrintError, Printer,
};
use signet_os::{History, ProfileFolder, SetUps};
use signet_setup::Names;
use tauri::ipc::{CallbackFn, InvokeBody, InvokeError, InvokeResponse};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewWindow, WebviewWindowBuilder};
use zeroize::Zeroizing;

/// 24 November 2026, 12:00 UTC.
pub const NOW: i64 = 1_795_521_600;

/// The end of the working day on this computer's clock, so many days after that.
pub fn day_end_in(days: u64) -> i64 {
    let now = DateTime::from_timestamp(NOW, 0).unwrap().with_timezone(&Local);
    let end = (now.date_naive() + Days::new(days)).and_hms_opt(18, 0, 0).unwrap();
    end.and_local_timezone(Local).latest().unwrap().timestamp()
}

/// What the world around the commands holds and how it answers.
pub struct World {
    pub secrets: Mutex<HashMap<String, Vec<u8>>>,
    pub keychain_fails: Mutex<Option<KeychainError>>,
    /// Whoever holds it keeps every answer of the keychain back.
    pub keychain_waits: Mutex<()>,
    pub list_fails: Mutex<Option<ListKeychainError>>,
    pub settings: Mutex<Settings>,
    pub read_fails: Mutex<Option<SettingsError>>,
    pub save_fails: Mutex<Option<SaveError>>,
    pub history_fails: Mutex<Option<HistoryStoreError>>,
    pub picks_together: Mutex<VecDeque<Vec<PathBuf>>>,
    pub picks: Mutex<VecDeque<PathBuf>>,
    pub copied: Mutex<Option<String>>,
    pub copy_fails: Mutex<Option<ClipboardError>>,
    pub opened: Mutex<Vec<String>>,
    pub open_fails: Mutex<bool>,
    pub printed: Mutex<usize>,
    /// In percent, each time.
    pub magnified: Mutex<Vec<u16>>,
    pub print_fails: Mutex<bool>,
    pub now: AtomicI64,
}

#[derive(Clone)]
struct Shared(Arc<World>);

impl Keychain for Shared {
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), KeychainError> {
        self.asked()?;
        self.0.secrets.lock().unwrap().insert(id.to_string(), secret.to_vec());
        Ok(())
    }

    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        self.asked()?;
        let secrets = self.0.secrets.lock().unwrap();
        secrets.get(id.as_str()).cloned().map(Zeroizing::new).ok_or(KeychainError::Missing)
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeychainError> {
        self.asked()?;
        let removed = self.0.secrets.lock().unwrap().remove(id.as_str());
        removed.map(drop).ok_or(KeychainError::Missing)
    }

    fn names(&self) -> Result<Vec<String>, ListKeychainError> {
        self.0.list_fails.lock().unwrap().map_or(Ok(()), Err)?;
        self.asked()?;
        Ok(self.0.secrets.lock().unwrap().keys().cloned().collect())
    }
}

impl Shared {
    fn asked(&self) -> Result<(), KeychainError> {
        drop(self.0.keychain_waits.lock().unwrap());
        self.0.keychain_fails.lock().unwrap().map_or(Ok(()), Err)
    }
}

impl Profile for Shared {
    fn read(&self) -> Result<Settings, SettingsError> {
        self.0.read_fails.lock().unwrap().map_or(Ok(()), Err)?;
        Ok(self.0.settings.lock().unwrap().clone())
    }

    fn update(&self, change: &mut dyn FnMut(&mut Settings)) -> Result<Settings, SettingsError> {
        let mut settings = Profile::read(self)?;
        change(&mut settings);
        self.0.save_fails.lock().unwrap().map_or(Ok(()), Err)?;
        *self.0.settings.lock().unwrap() = settings.clone();
        Ok(settings)
    }

    fn is_changed(&self) -> bool {
        true
    }
}

/// The real history file, until it is told to fail.
struct FailingHistory {
    file: History,
    world: Arc<World>,
}

impl FailingHistory {
    fn asked(&self) -> Result<&History, HistoryStoreError> {
        self.world.history_fails.lock().unwrap().map_or(Ok(&self.file), Err)
    }
}

impl HistoryStore for FailingHistory {
    fn append(&self, made: &MadeLink, note: &Note) -> Result<EntryId, HistoryStoreError> {
        self.asked()?.append(made, note)
    }

    fn begin_batch(
        &self,
        batch: &BatchPlan,
        made: &[bool],
        instead_of: Option<BatchId>,
    ) -> Result<HeldBatch, HistoryStoreError> {
        self.asked()?.begin_batch(batch, made, instead_of)
    }

    fn hold_batch(&self, id: BatchId) -> Result<(HeldBatch, UnfinishedBatch), GoOnError> {
        self.asked()?.hold_batch(id)
    }

    fn append_batch(
        &self,
        id: BatchId,
        batch: &BatchPlan,
        rows: &[usize],
    ) -> Result<(), HistoryStoreError> {
        self.asked()?.append_batch(id, batch, rows)
    }

    fn unfinished_batch(&self) -> Result<Option<UnfinishedBatch>, HistoryStoreError> {
        self.asked()?.unfinished_batch()
    }

    fn end_batch(&self, id: BatchId) -> Result<(), HistoryStoreError> {
        self.asked()?.end_batch(id)
    }

    fn keys(&self) -> Result<Vec<(KeyId, Name)>, HistoryStoreError> {
        self.asked()?.keys()
    }

    fn page(
        &self,
        query: &HistoryQuery,
        keys: &[RegisteredKey],
        now: i64,
    ) -> Result<HistoryPage, HistoryStoreError> {
        self.asked()?.page(query, keys, now)
    }

    fn find(&self, id: EntryId) -> Result<Option<HistoryEntry>, HistoryStoreError> {
        self.asked()?.find(id)
    }

    fn set_note(&self, id: EntryId, note: &Note) -> Result<bool, HistoryStoreError> {
        self.asked()?.set_note(id, note)
    }

    fn remove(&self, ids: &[EntryId]) -> Result<Vec<HistoryEntry>, HistoryStoreError> {
        self.asked()?.remove(ids)
    }

    fn restore(&self, entries: &[HistoryEntry]) -> Result<(), HistoryStoreError> {
        self.asked()?.restore(entries)
    }

    fn clear(&self) -> Result<(), HistoryStoreError> {
        self.asked()?.clear()
    }

    fn set_aside(&self) -> Option<String> {
        self.file.set_aside()
    }
}

impl Dialogs for Shared {
    fn pick_key_file(&self) -> Answer<Option<PathBuf>> {
        Box::pin(ready(self.0.picks.lock().unwrap().pop_front()))
    }

    fn pick_access_key_file(&self) -> Answer<Option<PathBuf>> {
        self.pick_key_file()
    }

    fn pick_list_file(&self) -> Answer<Option<PathBuf>> {
        self.pick_key_file()
    }

    fn pick_documents(&self) -> Answer<Vec<PathBuf>> {
        let all = self.0.picks_together.lock().unwrap().pop_front();
        let one = || self.0.picks.lock().unwrap().pop_front().into_iter().collect();
        Box::pin(ready(all.unwrap_or_else(one)))
    }

    fn pick_folder(&self) -> Answer<Option<PathBuf>> {
        self.pick_key_file()
    }

    fn pick_place_to_save(
        &self,
        _: &'static str,
        _: String,
        _: &'static str,
    ) -> Answer<Option<PathBuf>> {
        self.pick_key_file()
    }
}

impl Clipboard for Shared {
    fn copy(&self, text: &str) -> Result<(), ClipboardError> {
        if let Some(error) = *self.0.copy_fails.lock().unwrap() {
            return Err(error);
        }
        *self.0.copied.lock().unwrap() = Some(text.to_owned());
        Ok(())
    }

    fn read(&self) -> Result<Zeroizing<String>, ClipboardError> {
        if let Some(error) = *self.0.copy_fails.lock().unwrap() {
            return Err(error);
        }
        let copied = self.0.copied.lock().unwrap().clone();
        copied.map(Zeroizing::new).ok_or(ClipboardError::Unavailable)
    }
}

impl Browser for Shared {
    fn open(&self, address: &str) -> Result<(), OpenError> {
        if *self.0.open_fails.lock().unwrap() {
            return Err(OpenError);
        }
        self.0.opened.lock().unwrap().push(address.to_owned());
        Ok(())
    }
}

impl Printer for Shared {
    fn print(&self) -> Result<(), PrintError> {
        *self.0.printed.lock().unwrap() += 1;
        if *self.0.print_fails.lock().unwrap() { Err(PrintError) } else { Ok(()) }
    }
}

impl Magnifier for Shared {
    fn magnify(&self, zoom: Zoom) {
        self.0.magnified.lock().unwrap().push(zoom.percent());
    }
}

impl Clock for Shared {
    fn now(&self) -> i64 {
        self.0.now.load(Ordering::Relaxed)
    }
}

/// The program without a desktop.
pub struct Stage {
    pub world: Arc<World>,
    pub app: App<MockRuntime>,
    pub window: WebviewWindow<MockRuntime>,
    pub folder: Arc<tempfile::TempDir>,
}

impl Stage {
    pub fn new() -> Self {
        let world = Arc::new(World {
            secrets: Mutex::default(),
            keychain_fails: Mutex::default(),
            keychain_waits: Mutex::default(),
            list_fails: Mutex::default(),
            settings: Mutex::default(),
            read_fails: Mutex::default(),
            save_fails: Mutex::default(),
            history_fails: Mutex::default(),
            picks: Mutex::default(),
            picks_together: Mutex::default(),
            copied: Mutex::default(),
            copy_fails: Mutex::default(),
            opened: Mutex::default(),
            open_fails: Mutex::default(),
            printed: Mutex::default(),
            magnified: Mutex::default(),
            print_fails: Mutex::default(),
            now: AtomicI64::new(NOW),
        });
        let folder = Arc::new(tempfile::tempdir().unwrap());
        Self::over(world, folder)
    }

    /// The program started again, with the same keychain, settings and history.
    pub fn started_again(&self) -> Self {
        Self::over(Arc::clone(&self.world), Arc::clone(&self.folder))
    }

    fn over(world: Arc<World>, folder: Arc<tempfile::TempDir>) -> Self {
        let shared = Shared(Arc::clone(&world));
        let profile = ProfileFolder::at(folder.path().join("profile"));
        let file = profile.history();
        let history = FailingHistory { file, world: Arc::clone(&world) };
        let app = signet_app::App::new(Box::new(shared.clone()), Box::new(shared.clone()))
            .with_history(Box::new(history));
        let desktop = Desktop {
            dialogs: Box::new(shared.clone()),
            clipboard: Box::new(shared.clone()),
            browser: Box::new(shared.clone()),
            printer: Box::new(shared.clone()),
            magnifier: Box::new(shared.clone()),
        };
        let app = signet_desktop::with_commands(mock_builder())
            .manage(Signet::new(
                Arc::new(app),
                desktop,
                shared,
                None,
                profile.set_ups(),
                profile.uploads(),
            ))
            .build(tauri::generate_context!(test = true))
            .unwrap();
        let window = open(&app, "main");
        Self { world, app, window, folder }
    }

    /// The history as another window of the same person has it.
    pub fn history(&self) -> History {
        ProfileFolder::at(self.folder.path().join("profile")).history()
    }

    pub fn history_file(&self) -> PathBuf {
        self.folder.path().join("profile/history.sqlite3")
    }

    /// Lays a file where what Signet made for a key in an AWS account is written down.
    pub fn plant_journal(&self, id: &str, content: &[u8]) -> PathBuf {
        let folder = self.folder.path().join("profile");
        std::fs::create_dir_all(&folder).unwrap();
        let name = Names::of(&self.public_half(id)).common();
        let file = folder.join(format!("set-up-{name}-123456789012.json"));
        let content = String::from_utf8(content.to_vec()).unwrap().replace("@NAME@", &name);
        std::fs::write(&file, content).unwrap();
        file
    }

    /// The set-ups as a terminal of the same person has them.
    pub fn set_ups(&self) -> SetUps {
        ProfileFolder::at(self.folder.path().join("profile")).set_ups()
    }

    pub fn public_half(&self, id: &str) -> PublicKey {
        let pem = self.call("show_public_key", json!({ "id": id })).unwrap();
        PublicKey::from_spki_pem(pem["pem"].as_str().unwrap()).unwrap()
    }

    /// Calls a command as the window does. Whatever it answers holds nothing of the keychain's keys.
    pub fn call(&self, command: &str, request: Value) -> Result<Value, Value> {
        let answer = call_from(&self.window, own_pages(), command, request);
        let (Ok(said) | Err(said)) = &answer;
        let said = said.to_string();
        for secret in self.world.secrets.lock().unwrap().values() {
            assert!(!holds_a_part_of(secret, &said), "{command}: a part of a key");
        }
        answer
    }

    /// Calls a command and does not wait for what it answers.
    pub fn send(&self, command: &str, request: Value, answers: &Sender<Result<Value, Value>>) {
        let answers = answers.clone();
        let message = message(own_pages(), command, json!({ "request": request }));
        let webview: &tauri::Webview<MockRuntime> = self.window.as_ref();
        webview.clone().on_message(
            message,
            Box::new(move |_, _, answer, _, _| {
                let answer = match answer {
                    InvokeResponse::Ok(body) => Ok(body.deserialize().unwrap()),
                    InvokeResponse::Err(InvokeError(error)) => Err(error),
                };
                // A test that ended wants none.
                let _ = answers.send(answer);
            }),
        );
    }

    /// What the error is called with which a command fails.
    pub fn code(&self, command: &str, request: Value) -> String {
        name_of(&self.call(command, request).expect_err(command))
    }

    /// Lays a file where the next dialog finds it.
    pub fn pick(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        self.pick_path(path.clone());
        path
    }

    /// What the next dialog answers with.
    pub fn pick_path(&self, path: PathBuf) {
        self.world.picks.lock().unwrap().push_back(path);
    }

    /// Makes a link with the site of a key and gives what the command answered.
    pub fn make(&self, key: &str, address: &str) -> Value {
        self.call("create_link", self.link_of(key, address)).unwrap()
    }

    /// A request for a link with the site of a key.
    pub fn link_of(&self, key: &str, address: &str) -> Value {
        json!({
            "signer": { "kind": "site", "id": self.site_of(key) }, "address": address,
            "lifetime": { "kind": "oneDay" },
        })
    }

    /// The site that has a key; for a key that none has, the key's own id, which names no site.
    pub fn site_of(&self, key: &str) -> String {
        let settings = self.world.settings.lock().unwrap();
        let mut sites = settings.sites.iter();
        let site = sites.find(|site| site.keys.iter().any(|there| there.id.as_str() == key));
        site.map_or_else(|| key.to_owned(), |site| site.id.to_string())
    }

    /// Adds a site of which only the name is known, and gives its id.
    pub fn add_site(&self, name: &str) -> String {
        let site = self.call("add_site", json!({ "name": name })).unwrap();
        site["id"].as_str().unwrap().to_owned()
    }

    /// Types and ticks for the set-up of a site.
    pub fn answer(&self, site: &str, answers: &Value) -> Result<Value, Value> {
        self.call("answer_set_up", json!({ "siteId": site, "answers": answers }))
    }

    /// Adds a key with a site of its own and gives the key's id.
    pub fn add(&self, name: &str, file: &[u8]) -> String {
        self.pick("signing.pem", file);
        let added = self.call("add_key", new_key(name)).unwrap();
        assert_eq!(added["kind"], "added", "{added}");
        added["site"]["keys"][0]["id"].as_str().unwrap().to_owned()
    }
}

/// Whether a part of a key, of its PKCS#8 without what its public half has too, or of the secret of an access key, is in
/// a text.
pub fn holds_a_part_of(secret: &[u8], text: &str) -> bool {
    let private = match secret.iter().position(|byte| *byte == b'\n') {
        // Its ID is no secret.
        Some(end) if secret.starts_with(b"AKIA") => secret.get(end + 1..),
        // RSA's public half begins the file; of P-256's the number stands before it.
        _ if secret.len() > 600 => secret.get(320..),
        _ => secret.get(36..68),
    };
    private.unwrap_or_default().chunks_exact(16).any(|piece| {
        let hex: String = piece.iter().map(|byte| format!("{byte:02x}")).collect();
        let list: Vec<String> = piece.iter().map(u8::to_string).collect();
        let base64 = (0..3).map(|shift| {
            let encoded = STANDARD.encode([vec![0; shift], piece.to_vec()].concat());
            // The ends depend on the neighbours.
            encoded.get(4..encoded.len() - 4).unwrap_or_default().to_owned()
        });
        [hex.to_uppercase(), hex, list.join(",")]
            .into_iter()
            .chain(String::from_utf8(piece.to_vec()))
            .chain(base64.flat_map(|text| [text.replace('+', "-").replace('/', "_"), text]))
            .any(|written| text.contains(&written))
    })
}

/// Calls a command from any window and page.
pub fn call_from(
    window: &WebviewWindow<MockRuntime>,
    page: &str,
    command: &str,
    request: Value,
) -> Result<Value, Value> {
    call_with(window, page, command, json!({ "request": request }))
}

/// The same with all the words of a call, for a command that takes no request.
pub fn call_with(
    window: &WebviewWindow<MockRuntime>,
    page: &str,
    command: &str,
    words: Value,
) -> Result<Value, Value> {
    get_ipc_response(window, message(page, command, words)).map(|body| body.deserialize().unwrap())
}

fn message(page: &str, command: &str, words: Value) -> InvokeRequest {
    InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: page.parse().unwrap(),
        body: InvokeBody::Json(words),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    }
}

pub fn open(app: &App<MockRuntime>, label: &str) -> WebviewWindow<MockRuntime> {
    assert!(app.get_webview_window(label).is_none());
    WebviewWindowBuilder::new(app, label, Default::default()).build().unwrap()
}

/// Where the window's own pages are.
pub fn own_pages() -> &'static str {
    if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" }
}

pub fn new_key(name: &str) -> Value {
    json!({
        "siteId": null, "name": name, "address": "docs.example.com", "publicKeyId": "K2JCJMDEHXQW5F",
    })
}

/// A request for the first links of the list.
pub fn first_links(search: &str) -> Value {
    json!({
        "search": search, "state": null, "keyId": null, "sort": "newest", "skip": 0, "take": 50,
    })
}

/// What `openssl` makes of these words, with something on its standard input.
pub fn openssl(words: &[&str], input: &[u8]) -> Vec<u8> {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let mut openssl = Command::new("openssl")
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    openssl.stdin.take().unwrap().write_all(input).unwrap();
    let made = openssl.wait_with_output().unwrap();
    assert!(made.status.success(), "openssl {}", words.join(" "));
    made.stdout
}

pub fn p256_pem() -> Vec<u8> {
    openssl(&["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], b"")
}

pub fn rsa_pem(bits: &str) -> Vec<u8> {
    let size = format!("rsa_keygen_bits:{bits}");
    openssl(&["genpkey", "-algorithm", "RSA", "-pkeyopt", &size], b"")
}

pub fn locked(pem: &[u8], passphrase: &str) -> Vec<u8> {
    let word = format!("pass:{passphrase}");
    openssl(&["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-passout", &word], pem)
}

/// What an error is called in one word, `addressHasFragment`: its code, and why.
pub fn name_of(error: &Value) -> String {
    let code = error["code"].as_str().unwrap_or_else(|| panic!("{error}"));
    let Some(why) = error["why"].as_str() else { return code.to_owned() };
    let (initial, rest) = why.split_at(1);
    format!("{code}{}{rest}", initial.to_uppercase())
}
