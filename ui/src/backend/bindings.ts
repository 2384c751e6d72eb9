// The shapes that cross IPC, made from src-tauri/src/ipc/views.rs and error.rs by
// `SIGNET_WRITE_BINDINGS=1 cargo test bindings`; do not edit.

export type StartView = { keys: Array<KeyView>, lastSigner: Signer | null, lastLifetime: Lifetime | null, clock: ClockView, 
/**
 * The name of a damaged settings file that was put aside.
 */
setAside: string | null, };

export type ClockView = { "kind": "plausible" } | { "kind": "wrong", now: number, };

export type KeyView = { id: string, name: string, site: string, host: string, publicKeyId: string, kind: KeyKind, fingerprint: string, };

export type KeyKind = "rsa2048" | "p256";

export type Signer = { "kind": "practice" } | { "kind": "key", id: string, };

export type Lifetime = { "kind": "oneMinute" } | { "kind": "oneHour" } | { "kind": "endOfToday" } | { "kind": "oneDay" } | { "kind": "sevenDays" } | { "kind": "thirtyDays" } | { "kind": "until", local: string, };

export type AddKeyRequest = { name: string, site: string, publicKeyId: string, };

export type UnlockKeyRequest = { passphrase: string, };

export type RestoreKeyRequest = { id: string, };

export type RenameKeyRequest = { id: string, name: string, };

export type RemoveKeyRequest = { id: string, };

export type AddKeyOutcome = { "kind": "cancelled" } | { "kind": "passphraseNeeded", fileName: string, } | { "kind": "added", key: KeyView, fileName: string, 
/**
 * The last folder's name alone, never a path.
 */
folderName: string, };

export type AddressRequest = { signer: Signer, address: string, };

export type AddressView = { url: string, host: string, path: string, fileName: string, };

export type LifetimePreviewRequest = { lifetime: Lifetime, };

export type LifetimeView = { expiresAt: number, };

export type CreateLinkRequest = { signer: Signer, address: string, lifetime: Lifetime, };

export type LinkView = { link: string, url: string, host: string, fileName: string, signer: Signer, address: string, lifetime: Lifetime, createdAt: number, expiresAt: number, 
/**
 * None for a link of more than 2,953 bytes, which no QR code holds.
 */
qr: QrView | null, };

export type QrView = { 
/**
 * Modules a side, without the quiet zone of 4 around.
 */
modules: number, 
/**
 * An SVG path in a view box of `modules + 8` a side.
 */
path: string, };

export type CopyRequest = { text: string, };

export type SaveQrRequest = { link: string, format: QrFormat, suggestedName: string, };

export type QrFormat = "png" | "svg";

export type SaveOutcome = { "kind": "cancelled" } | { "kind": "saved", fileName: string, };

export type OpenLinkRequest = { link: string, };

export type PracticeView = { site: string, host: string, documentAddress: string, };

export type FailReason = "diskFull" | "readOnly" | "other";

export type IpcError = { "code": "nameEmpty" } | { "code": "nameTooLong", most: number, } | { "code": "nameTaken", name: string, } | { "code": "siteEmpty" } | { "code": "siteInvalid" } | { "code": "siteNotSecure" } | { "code": "siteIsStorageAddress", host: string, } | { "code": "siteIsDistributionId", id: string, } | { "code": "siteIsConsole" } | { "code": "siteHasPath", path: string, } | { "code": "siteHasUserInfo" } | { "code": "publicKeyIdEmpty" } | { "code": "publicKeyIdIsDistributionId", id: string, } | { "code": "publicKeyIdIsKeyGroupId", id: string, } | { "code": "publicKeyIdIsAccessKey" } | { "code": "publicKeyIdIsPem" } | { "code": "publicKeyIdInvalid" } | { "code": "keyFileEmpty", fileName: string, } | { "code": "keyFileTooLarge", fileName: string, } | { "code": "keyFileNotRegular", fileName: string, } | { "code": "keyFileUnreadable", fileName: string, } | { "code": "keyFileNotFound", fileName: string, } | { "code": "keyFileIsPublicKey", fileName: string, } | { "code": "keyFileIsCertificate", fileName: string, } | { "code": "keyFileIsPutty", fileName: string, } | { "code": "keyFileIsOpenSsh", fileName: string, } | { "code": "keyFileIsCsv", fileName: string, } | { "code": "keyFileIsOldEncrypted", fileName: string, } | { "code": "keyFileIsPkcs12", fileName: string, } | { "code": "keyFileEncryptionUnsupported", fileName: string, } | { "code": "keyFileRsaSize", fileName: string, bits: number, } | { "code": "keyFileOtherCurve", fileName: string, } | { "code": "keyFileOtherKind", fileName: string, } | { "code": "keyFileDamaged", fileName: string, } | { "code": "keyFileUnknown", fileName: string, } | { "code": "keyFileManyKeys", fileName: string, } | { "code": "keyFileIsOtherKey", fileName: string, } | { "code": "passphraseWrong" } | { "code": "noPendingKey" } | { "code": "keyTaken", name: string, } | { "code": "keychainAbsent" } | { "code": "keychainLocked" } | { "code": "keychainDismissed" } | { "code": "keychainSlow" } | { "code": "keychainFailed" } | { "code": "keyMissing", name: string, } | { "code": "keyUnknown" } | { "code": "settingsNotSaved", reason: FailReason, } | { "code": "addressEmpty" } | { "code": "addressOtherSite", host: string, site: string, } | { "code": "addressIsStorageAddress", host: string, } | { "code": "addressForbiddenCharacter", character: string, name: string | null, } | { "code": "addressHasFragment" } | { "code": "addressHasSigningParameter", name: string, } | { "code": "addressTooLong", length: number, most: number, } | { "code": "addressNotSecure", host: string, } | { "code": "addressHasUserInfo" } | { "code": "addressInvalid" } | { "code": "addressOtherScheme", scheme: string, } | { "code": "lifetimeOver" } | { "code": "lifetimeTooFar", years: number, } | { "code": "lifetimeInvalid" } | { "code": "clockWrong", now: number, } | { "code": "signingFailed" } | { "code": "linkTooLong", length: number, most: number, } | { "code": "clipboardUnavailable" } | { "code": "clipboardDiffers" } | { "code": "noFreePort" } | { "code": "practiceNotRunning" } | { "code": "saveFailed", fileName: string, reason: FailReason, } | { "code": "openFailed" } | { "code": "openRefused" } | { "code": "internal" };
