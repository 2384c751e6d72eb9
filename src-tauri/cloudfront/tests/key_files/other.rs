//! What is no key that CloudFront takes: public halves, certificates, keys of other kinds, and files
//! that have nothing to do with keys.

use signet_cloudfront::key_file::KeyFileError::{
    Certificate, Csv, Empty, ManyKeys, OpenSsh, OtherCurve, OtherKind, Pkcs12, PublicKey, Putty,
    RsaSize, TooLarge, Unknown,
};
use signet_cloudfront::key_file::MAX_BYTES;

use crate::case::Expected::{self, Refused};
use crate::case::Table;
use crate::der::{Node, to_der, utf16};
use crate::openssl::{
    Keys, curve, generated, keys, locked, openssl, public_pem, rsa_of, text, traditional,
};

const PUBLIC_ONLY: Expected = Refused(PublicKey);

impl Table {
    pub fn other_things(&mut self) {
        let Keys { rsa, p256, certificate, request, pkcs12 } = keys();
        self.is("no byte", "", Refused(Empty));
        self.is("white space alone", " \t\r\n\n", Refused(Empty));
        self.is("the mark of UTF-8 alone", "\u{feff}", Refused(Empty));
        self.is("the mark of UTF-16 and a line end", b"\xff\xfe\r\0\n\0", Refused(Empty));
        self.is("a byte more than 64 KiB", vec![b'\n'; MAX_BYTES + 1], Refused(TooLarge));
        let late = [vec![b'\n'; MAX_BYTES], rsa.clone().into_bytes()].concat();
        self.is("a key behind 64 KiB", late, Refused(TooLarge));

        self.is("public RSA key", public_pem(rsa), PUBLIC_ONLY);
        self.is("public RSA key, DER", to_der(&public_pem(rsa)), PUBLIC_ONLY);
        self.is("public P-256 key", public_pem(p256), PUBLIC_ONLY);
        self.is("public P-256 key, DER", to_der(&public_pem(p256)), PUBLIC_ONLY);
        let old = text(openssl(&["rsa", "-RSAPublicKey_out"], rsa.as_bytes()));
        assert!(old.starts_with("-----BEGIN RSA PUBLIC KEY-----"));
        self.is("RSA PUBLIC KEY", old.clone(), PUBLIC_ONLY);
        self.is("RSA PUBLIC KEY, DER", to_der(&old), PUBLIC_ONLY);
        let wide = utf16(&format!("\u{feff}{}", public_pem(p256)), u16::to_le_bytes);
        self.is("public key as UTF-16", wide, PUBLIC_ONLY);

        let is_certificate = Refused(Certificate);
        self.is("certificate", certificate.clone(), is_certificate.clone());
        self.is("certificate, DER", to_der(certificate), is_certificate.clone());
        self.is("two certificates", certificate.repeat(2), is_certificate.clone());
        let with_text = text(openssl(&["x509", "-text"], certificate.as_bytes()));
        self.is("certificate in words", with_text, is_certificate.clone());
        self.is("certificate request", request.clone(), is_certificate.clone());
        self.is("certificate request, DER", to_der(request), is_certificate);

        let putty = "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: ada\n\
            Public-Lines: 1\nAAAAB3NzaC1yc2EAAAADAQABAAABAQ\nPrivate-Lines: 1\nAAABAQ\n";
        self.is("PuTTY key", putty, Refused(Putty));
        self.is("PuTTY key of version 2, CRLF", putty_2(), Refused(Putty));

        let ssh = Refused(OpenSsh);
        for (name, line) in [
            ("ssh-rsa line", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ ada@example.com\n"),
            ("ssh-ed25519 line", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL0 ada@example.com\n"),
            ("ecdsa-sha2 line", "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY ada\n"),
            ("line of a security key", "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5 a\n"),
            ("SSH2 PUBLIC KEY", "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2E=\n"),
            (
                "SSH2 ENCRYPTED PRIVATE KEY",
                "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"ada\"\nP2/56wAAA+IAAAA3\n\
                ---- END SSH2 ENCRYPTED PRIVATE KEY ----\n",
            ),
        ] {
            self.is(name, line, ssh.clone());
        }

        let csv = Refused(Csv);
        for (name, file) in [
            ("access key", "Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI\n"),
            (
                "access key with its user",
                "User Name,Access Key Id,Secret Access Key\r\nada,AKIAIOSFODNN7EXAMPLE,wJalrXUtnFE",
            ),
            (
                "access key with everything",
                "User name,Password,Access key ID,Secret access key,Console login link\n\
                ada,,AKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI,https://123456789012.signin.aws.amazon.com",
            ),
            (
                "access key with a mark before",
                "\u{feff}Access key ID,Secret access key\r\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI\r\n",
            ),
            (
                "access key in quotes",
                "\"Access key ID\",\"Secret access key\"\n\"AKIAIOSFODNN7EXAMPLE\",\"wJalrXUtn\"\n",
            ),
            (
                "access key of the root user",
                "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE\nAWSSecretKey=wJalrXUtnFEMI\n",
            ),
            (
                "access key in a credentials file",
                "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
                aws_secret_access_key = wJalrXUtnFEMI\n",
            ),
        ] {
            self.is(name, file, csv.clone());
        }

        self.is("PKCS#12", pkcs12.clone(), Refused(Pkcs12));
        // The form without lengths, which Firefox and the keychain of macOS write.
        let mut endless =
            b"\x30\x80\x02\x01\x03\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\
            \xa0\x80\x24\x80\x04\x08"
                .to_vec();
        endless.extend([0x5a; 8]);
        endless.extend([0; 10]);
        self.is("PKCS#12 without lengths", endless, Refused(Pkcs12));
        let both = format!("{rsa}{p256}");
        self.is("two private keys", both, Refused(ManyKeys));
        let locked = locked(p256, "right", &[]);
        self.is("two private keys, one locked", format!("{locked}{rsa}"), Refused(ManyKeys));
        self.is("the same key twice", format!("{}{rsa}", traditional(rsa)), Refused(ManyKeys));

        for (name, file) in [
            (
                "HTML page",
                "<!doctype html>\n<title>Sign in</title>\n<p>Your session is over.</p>\n",
            ),
            ("plain text", "The key is in the safe on the second floor.\n"),
            ("plain text that names a key", "Ada keeps the PRIVATE KEY in the safe.\n"),
            ("digits, which begin as DER does", "0123456789\n"),
            ("JSON", "{\"site\": \"docs.example.com\", \"keys\": []}\n"),
            ("list of customers", "User name,City\nada,London\n"),
            ("BEGIN without label", "-----BEGIN -----\nAAAA\n-----END -----\n"),
            ("BEGIN without end of line", "-----BEGIN \n"),
            ("PEM of something else", "-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n"),
            ("one letter", "0"),
        ] {
            self.is(name, file, Refused(Unknown));
        }
        let jpeg = [b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x48".as_slice(), &[0x5a; 900]];
        self.is("JPEG", jpeg.concat(), Refused(Unknown));
        self.is("zeros", [0; 4096], Refused(Unknown));
        self.is("half a pair of UTF-16", b"\xff\xfe\x00\xd8\x41\x00", Refused(Unknown));
        self.is("an empty sequence", b"\x30\x00", Refused(Unknown));
        self.is(
            "DER of something else",
            {
                let list = vec![Node::Leaf(0x0c, b"a list of texts, not a key".to_vec()); 3];
                Node::Inner(0x30, list).write()
            },
            Refused(Unknown),
        );
    }

    pub fn keys_of_another_kind(&mut self) {
        for (name, size, bits) in [
            ("RSA 1024", "1024", 1024),
            ("RSA 2047", "2047", 2047),
            ("RSA 3072", "3072", 3072),
            ("RSA 4096", "4096", 4096),
        ] {
            self.is(name, rsa_of(size), Refused(RsaSize { bits }));
        }
        let small = traditional(&rsa_of("1024"));
        self.is("RSA 1024, PKCS#1", small.clone(), Refused(RsaSize { bits: 1024 }));
        self.is("RSA 1024, PKCS#1 DER", to_der(&small), Refused(RsaSize { bits: 1024 }));

        let other_curve = Refused(OtherCurve);
        for (name, sec1_name, curve_name) in [
            ("P-384", "P-384, SEC1", "P-384"),
            ("P-521", "P-521, SEC1", "P-521"),
            ("secp256k1", "secp256k1, SEC1", "secp256k1"),
            ("brainpoolP256r1", "brainpoolP256r1, SEC1", "brainpoolP256r1"),
        ] {
            let pem = curve(curve_name);
            self.is(name, pem.clone(), other_curve.clone());
            self.is(sec1_name, traditional(&pem), other_curve.clone());
        }
        self.is("P-384, SEC1 DER", to_der(&traditional(&curve("P-384"))), other_curve.clone());
        let p256 = keys().p256.as_bytes();
        let spelt = openssl(&["ec", "-param_enc", "explicit"], p256);
        self.is("a curve spelt out, SEC1", spelt, other_curve.clone());
        let spelt = openssl(&["pkey", "-ec_param_enc", "explicit"], p256);
        self.is("a curve spelt out, PKCS#8", spelt, other_curve);

        let other_kind = Refused(OtherKind);
        let ed25519 = generated("ED25519", &[]);
        self.is("Ed25519", ed25519.clone(), other_kind.clone());
        self.is("Ed25519, DER", to_der(&ed25519), other_kind.clone());
        self.is("X25519", generated("X25519", &[]), other_kind.clone());
        self.is("Ed448", generated("ED448", &[]), other_kind.clone());
        let pss = generated("RSA-PSS", &["rsa_keygen_bits:2048"]);
        self.is("RSA for PSS alone", pss, other_kind.clone());
        let primes = generated("RSA", &["rsa_keygen_bits:2048", "rsa_keygen_primes:3"]);
        self.is("RSA of three primes", primes.clone(), other_kind.clone());
        let primes = traditional(&primes);
        self.is("RSA of three primes, PKCS#1", primes.clone(), other_kind.clone());
        self.is("RSA of three primes, PKCS#1 DER", to_der(&primes), other_kind.clone());
        self.is("Diffie-Hellman", generated("DH", &["group:ffdhe2048"]), other_kind.clone());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parameters.pem");
        let size = ["-pkeyopt", "dsa_paramgen_bits:1024"];
        let make = [&["genpkey", "-genparam", "-algorithm", "DSA"], size.as_slice()].concat();
        std::fs::write(&path, openssl(&make, b"")).unwrap();
        let dsa = text(openssl(&["genpkey", "-paramfile", path.to_str().unwrap()], b""));
        self.is("DSA", dsa.clone(), other_kind.clone());
        let dsa = traditional(&dsa);
        self.is("DSA PRIVATE KEY", dsa.clone(), other_kind.clone());
        self.is("DSA PRIVATE KEY, DER", to_der(&dsa), other_kind.clone());
        let pgp = "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBGN=\n=twTO\n\
            -----END PGP PRIVATE KEY BLOCK-----\n";
        self.is("PGP", pgp, other_kind);
    }
}

fn putty_2() -> String {
    "PuTTY-User-Key-File-2: ssh-rsa\r\nEncryption: aes256-cbc\r\nComment: imported\r\n".to_owned()
}
