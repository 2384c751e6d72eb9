//! Whole keys, plain and in a strange dress.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use signet_cloudfront::key_file::MAX_BYTES;

use crate::case::{Table, key};
use crate::der::{Node, last_line, primes_swapped, to_der, utf16, without_line};
use crate::openssl::{Keys, generated, keys, openssl, public, public_pem, text, traditional};

impl Table {
    pub fn whole_keys(&mut self) {
        let Keys { rsa, p256, .. } = keys();
        let (rsa_key, p256_key) = (key(&public(rsa)), key(&public(p256)));
        let (pkcs1, sec1) = (traditional(rsa), traditional(p256));
        self.is("PKCS#1 PEM", pkcs1.clone(), rsa_key.clone());
        self.is("PKCS#1 DER", to_der(&pkcs1), rsa_key.clone());
        self.is("RSA as PKCS#8 PEM", rsa.clone(), rsa_key.clone());
        self.is("RSA as PKCS#8 DER", to_der(rsa), rsa_key.clone());
        self.is("SEC1 PEM", sec1.clone(), p256_key.clone());
        self.is("SEC1 DER", to_der(&sec1), p256_key.clone());
        self.is("P-256 as PKCS#8 PEM", p256.clone(), p256_key.clone());
        self.is("P-256 as PKCS#8 DER", to_der(p256), p256_key.clone());
        let with_parameters = openssl(&["ecparam", "-name", "prime256v1", "-genkey"], b"");
        let its_public = public(&text(with_parameters.clone()));
        self.is("SEC1 behind EC PARAMETERS", with_parameters, key(&its_public));
        let bare = openssl(&["ec", "-no_public"], p256.as_bytes());
        self.is("SEC1 without its public point", bare, p256_key.clone());
        let small = openssl(&["ec", "-conv_form", "compressed"], p256.as_bytes());
        self.is("SEC1 with a compressed public point", small, p256_key.clone());
        let mut scalar_only = Node::all(&to_der(&sec1));
        if let Node::Inner(_, fields) = &mut scalar_only[0] {
            fields.truncate(2);
        }
        let scalar_only = scalar_only[0].write();
        self.is("SEC1 DER with the scalar alone", scalar_only, p256_key);
        let three = generated("RSA", &["rsa_keygen_bits:2048", "rsa_keygen_pubexp:3"]);
        self.is("RSA with the public exponent 3", three.clone(), key(&public(&three)));
        self.is("RSA with the smaller prime first", primes_swapped(rsa), rsa_key);
    }

    pub fn whole_keys_in_a_strange_dress(&mut self) {
        let Keys { rsa, p256, certificate, .. } = keys();
        let (rsa_key, p256_key) = (key(&public(rsa)), key(&public(p256)));
        let sec1 = traditional(p256);
        self.is("CRLF", rsa.replace('\n', "\r\n"), rsa_key.clone());
        self.is("CR alone", rsa.replace('\n', "\r"), rsa_key.clone());
        self.is("UTF-8 with its mark", format!("\u{feff}{rsa}"), rsa_key.clone());
        let marked = format!("\u{feff}{p256}");
        self.is("UTF-16 LE with its mark", utf16(&marked, u16::to_le_bytes), p256_key.clone());
        self.is("UTF-16 BE with its mark", utf16(&marked, u16::to_be_bytes), p256_key.clone());
        self.is("UTF-16 LE without its mark", utf16(p256, u16::to_le_bytes), p256_key.clone());
        self.is("UTF-16 BE without its mark", utf16(p256, u16::to_be_bytes), p256_key.clone());
        let long = utf16(&format!("\u{feff}{}", rsa.replace('\n', "\r\n")), u16::to_le_bytes);
        self.is("UTF-16 LE with CRLF", long, rsa_key.clone());
        let around = format!("Dear Ada,\n\nhere it is:\n\n{rsa}\nBest wishes\n");
        self.is("text around", around, rsa_key.clone());
        let bag = format!("Bag Attributes\n    localKeyID: 01 A8\nKey Attributes: <None>\n{rsa}");
        self.is("the attributes of a PKCS#12 bag before", bag, rsa_key.clone());
        self.is("no line end at the end", rsa.trim_end(), rsa_key.clone());
        self.is("many empty lines around", format!("\n\n\n{rsa}\n\n\n"), rsa_key.clone());
        let indented: String = rsa.lines().map(|line| format!("    {line}\n")).collect();
        self.is("indented lines", indented, rsa_key.clone());
        self.is("blanks at line ends", rsa.replace('\n', " \t\n"), rsa_key.clone());
        let one_line = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(to_der(rsa))
        );
        self.is("base64 in one line", one_line, rsa_key.clone());
        self.is("no line ends at all", p256.replace('\n', ""), p256_key.clone());
        self.is("certificate before", format!("{certificate}{rsa}"), rsa_key.clone());
        self.is("certificate behind", format!("{rsa}{certificate}"), rsa_key.clone());
        let cut = without_line(certificate, last_line(certificate));
        self.is("half a certificate before", format!("{cut}{rsa}"), rsa_key.clone());
        self.is("public key before", format!("{}{p256}", public_pem(p256)), p256_key.clone());
        self.is("public key behind", format!("{sec1}{}", public_pem(p256)), p256_key.clone());
        let latin_1 = [b"Schl\xfcssel\n", p256.as_bytes(), b"gr\xfc\xdfe \xff\n"].concat();
        self.is("Latin-1 around", latin_1, p256_key.clone());
        let zeros = [p256.as_bytes(), &[0; 512]].concat();
        self.is("zeros behind", zeros, p256_key);
        let mut longest = rsa.clone().into_bytes();
        longest.resize(MAX_BYTES, b'\n');
        self.is("64 KiB to the byte", longest, rsa_key);
    }
}
