//! Keys that came to harm: in their text, and in their numbers.

use signet_cloudfront::key_file::KeyFileError::Damaged;

use crate::case::Expected::Refused;
use crate::case::Table;
use crate::der::{Node, P256_ORDER, changed, last_line, sec1_scalar, to_der, to_pem, without_line};
use crate::openssl::{Keys, curve, generated, keys, locked, traditional};

impl Table {
    pub fn damaged_text(&mut self) {
        let Keys { rsa, p256, .. } = keys();
        let damaged = Refused(Damaged);
        let pkcs1 = traditional(rsa);
        let end = last_line(rsa);
        self.is("END is missing", without_line(rsa, end), damaged.clone());
        self.is("BEGIN is missing", without_line(rsa, 0), damaged.clone());
        let half = pkcs1.lines().take(12).map(|line| format!("{line}\n")).collect::<String>();
        self.is("half of the lines", half, damaged.clone());
        self.is("BEGIN alone", "-----BEGIN RSA PRIVATE KEY-----\n", damaged.clone());
        let empty = "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n";
        self.is("nothing between BEGIN and END", empty, damaged.clone());
        self.is("a line is missing", without_line(rsa, 5), damaged.clone());
        self.is("the last line of base64 is missing", without_line(p256, 3), damaged.clone());
        let mut letter = rsa.clone();
        letter.remove(200);
        self.is("a letter is missing", letter, damaged.clone());
        let mut letter = rsa.clone();
        letter.insert(200, '*');
        self.is("a letter that is not base64", letter, damaged.clone());
        let cut = pkcs1.replace("-----END RSA", "-----END");
        self.is("END says something else", cut, damaged.clone());
        self.is("four dashes", rsa.replace("-----", "----"), damaged.clone());
        self.is("dashes as a word processor likes", rsa.replace("-----", "—"), damaged.clone());
        let two = format!("{}{p256}", without_line(p256, last_line(p256)));
        self.is("half a key before a whole one", two, damaged.clone());
        let zeros = to_pem("PRIVATE KEY", &[0; 300]);
        self.is("zeros as a key", zeros, damaged.clone());
        let locked = locked(rsa, "right", &[]);
        self.is(
            "locked, END is missing",
            without_line(&locked, last_line(&locked)),
            damaged.clone(),
        );
        self.is("locked, a line is missing", without_line(&locked, 9), damaged.clone());
        let cut = |der: Vec<u8>| der[..der.len() - 20].to_vec();
        self.is("cut, PKCS#1 DER", cut(to_der(&pkcs1)), damaged.clone());
        self.is("cut, PKCS#8 DER", cut(to_der(rsa)), damaged.clone());
        self.is("cut, P-256 as PKCS#8 DER", cut(to_der(p256)), damaged.clone());
        self.is("cut, SEC1 DER", cut(to_der(&traditional(p256))), damaged.clone());
        self.is("cut, locked DER", cut(to_der(&locked)), damaged.clone());
        self.is(
            "DER after a transfer as text",
            {
                let mut der = to_der(rsa);
                der.insert(600, b'\r');
                der
            },
            damaged.clone(),
        );
        self.is("cut, DER in a whole PEM", to_pem("PRIVATE KEY", &cut(to_der(rsa))), damaged);
    }

    pub fn damaged_numbers(&mut self) {
        let Keys { rsa, p256, .. } = keys();
        let damaged = Refused(Damaged);
        let pkcs1 = to_der(&traditional(rsa));
        let flip = |number: usize| {
            changed(&pkcs1, &[number], |bytes| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 0x10;
            })
        };
        for (number, name) in [
            (1, "n changed"),
            (3, "d changed"),
            (4, "p changed"),
            (5, "q changed"),
            (6, "dP changed"),
            (7, "dQ changed"),
            (8, "qInv changed"),
        ] {
            self.is(name, to_pem("RSA PRIVATE KEY", &flip(number)), damaged.clone());
        }
        self.is("p changed, DER", flip(4), damaged.clone());
        self.is("e changed", changed(&pkcs1, &[2], |e| *e = vec![1, 0, 3]), damaged.clone());
        self.is(
            "p changed, in PKCS#8",
            changed(&to_der(rsa), &[2], |inner| *inner = flip(4)),
            damaged.clone(),
        );
        self.is(
            "qInv changed, in PKCS#8",
            changed(&to_der(rsa), &[2], |i| *i = flip(8)),
            damaged.clone(),
        );
        let other = Node::all(&to_der(&traditional(&generated("RSA", &["rsa_keygen_bits:2048"]))));
        let mut mixed = Node::all(&pkcs1);
        if let (Node::Inner(_, fields), Node::Inner(_, others)) = (&mut mixed[0], &other[0]) {
            fields[1] = others[1].clone();
        }
        self.is("n of another key", mixed[0].write(), damaged.clone());
        let ones = changed(&pkcs1, &[4], |p| *p = vec![1]);
        self.is("p is one", ones, damaged.clone());
        self.is("p is zero", changed(&pkcs1, &[4], |p| *p = vec![0]), damaged.clone());
        self.is(
            "q is p",
            {
                let p = Node::all(&pkcs1)[0].clone().at(&[4]).clone();
                changed(&pkcs1, &[5], |q| *q = p)
            },
            damaged.clone(),
        );
        self.is(
            "n is even",
            changed(&pkcs1, &[1], |n| *n.last_mut().unwrap() ^= 1),
            damaged.clone(),
        );
        self.is("e is negative", changed(&pkcs1, &[2], |e| *e = vec![0x81, 0, 1]), damaged.clone());

        let sec1 = to_der(&traditional(p256));
        let strange = to_der(&traditional(&curve("P-256")));
        let point = Node::all(&strange)[0].clone().at(&[3, 0]).clone();
        let mixed = changed(&sec1, &[3, 0], |own| *own = point);
        self.is("public point of another key", to_pem("EC PRIVATE KEY", &mixed), damaged.clone());
        let inside = changed(&to_der(p256), &[2], |inner| {
            *inner = changed(inner, &[2, 0], |own| own[40] ^= 1);
        });
        self.is("public point off the curve", inside, damaged.clone());
        self.is("scalar zero", changed(&sec1, &[1], |d| d.fill(0)), damaged.clone());
        let order = changed(&sec1, &[1], |d| *d = P256_ORDER.to_vec());
        self.is("scalar that is the order", order, damaged.clone());
        self.is("scalar zero alone", sec1_scalar(&[0; 32]), damaged.clone());
        self.is("scalar that is the order, alone", sec1_scalar(&P256_ORDER), damaged.clone());
        self.is("scalar with a bit changed", changed(&sec1, &[1], |d| d[20] ^= 1), damaged.clone());
        let short = changed(&sec1, &[1], |d| d.truncate(20));
        self.is("scalar that is too short", short, damaged);
    }
}
