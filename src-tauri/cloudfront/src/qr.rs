//! A link as a QR code: for a screen, as SVG, and as PNG.
//!
//! Here: drawing. Deliberately not here: the code's mathematics (`fast_qr`), files, and dialogs.
//!
//! All pictures have the quiet zone of four modules that the standard asks for, black on white
//! whatever the window's theme: many readers take neither inverted codes nor codes without a
//! border. The modules are drawn as one path of horizontal runs, which is a tenth of what one
//! shape for each module would be.

use fast_qr::{ECL, Mode, QRBuilder, QRCode};
use std::fmt::Write as _;

/// The most bytes that a QR code holds (version 40, lowest error correction).
pub const MAX_BYTES: usize = 2953;

/// The empty border on every side, in modules.
const QUIET_ZONE: usize = 4;

/// Side of a module in the PNG, in pixels. One byte of a 1-bit picture, see `to_png`.
const PIXELS: usize = 8;

/// A drawn code. Knows the text only as black and white.
#[derive(Clone, PartialEq, Eq)]
pub struct QrCode {
    /// Rows from the top; `true` is black. Square.
    rows: Vec<Vec<bool>>,
}

/// Why a text has no QR code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QrError {
    /// More than the largest code holds.
    #[error("{length} bytes are more than the {most} a QR code holds")]
    TooLong {
        /// Bytes of the text.
        length: usize,
        /// [`MAX_BYTES`].
        most: usize,
    },
}

impl QrCode {
    /// Draws a text of at most [`MAX_BYTES`] bytes.
    ///
    /// Error correction is M (15 %), and L (7 %) where M has no room (over 2,331 bytes).
    ///
    /// # Errors
    /// [`QrError::TooLong`].
    pub fn of(text: &str) -> Result<Self, QrError> {
        let too_long = QrError::TooLong { length: text.len(), most: MAX_BYTES };
        if text.len() > MAX_BYTES {
            return Err(too_long);
        }
        let build = |level| QRBuilder::new(text).mode(Mode::Byte).ecl(level).build();
        build(ECL::M)
            .or_else(|_| build(ECL::L))
            .map(|code| Self::from_code(&code))
            .map_err(|_| too_long)
    }

    fn from_code(code: &QRCode) -> Self {
        let rows = (0..code.size)
            .map(|row| code[row].iter().map(|module| module.value()).collect())
            .collect();
        Self { rows }
    }

    /// Modules on a side, without the quiet zone: 21 to 177.
    #[must_use]
    pub fn modules(&self) -> usize {
        self.rows.len()
    }

    /// The black modules as an SVG path's `d`, for a viewBox of `0 0 modules+8 modules+8`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (row, modules) in self.rows.iter().enumerate() {
            let mut column = 0;
            for run in modules.chunk_by(|left, right| left == right) {
                if run.first() == Some(&true) {
                    let (x, y, width) = (column + QUIET_ZONE, row + QUIET_ZONE, run.len());
                    write!(path, "M{x} {y}h{width}v1h-{width}z").expect("a String takes all text");
                }
                column += run.len();
            }
        }
        path
    }

    /// A standalone SVG document: black on a white square.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let side = self.modules() + 2 * QUIET_ZONE;
        let path = self.path();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
             width=\"{pixels}\" height=\"{pixels}\" shape-rendering=\"crispEdges\">\
             <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
             <path d=\"{path}\" fill=\"#000\"/></svg>\n",
            pixels = side * PIXELS,
        )
    }

    /// A PNG file: 1-bit grey, eight pixels a module, quiet zone included.
    #[must_use]
    pub fn to_png(&self) -> Vec<u8> {
        let side = self.modules() + 2 * QUIET_ZONE;
        let pixels = u32::try_from(side * PIXELS).expect("a code has at most 185 modules a side");
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, pixels, pixels);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder
            .write_header()
            .and_then(|mut writer| {
                writer.write_image_data(&self.to_bits())?;
                writer.finish()
            })
            .expect("a Vec takes all bytes, and the picture has the size its header says");
        file
    }

    /// The picture's rows, one bit a pixel. A module is eight pixels wide, and so one byte.
    fn to_bits(&self) -> Vec<u8> {
        const WHITE: u8 = 0xff;
        const BLACK: u8 = 0x00;
        let side = self.modules() + 2 * QUIET_ZONE;
        let border = vec![WHITE; side * QUIET_ZONE * PIXELS];
        let mut bits = border.clone();
        for modules in &self.rows {
            let line: Vec<u8> = std::iter::repeat_n(WHITE, QUIET_ZONE)
                .chain(modules.iter().map(|black| if *black { BLACK } else { WHITE }))
                .chain(std::iter::repeat_n(WHITE, QUIET_ZONE))
                .collect();
            bits.extend(std::iter::repeat_n(line, PIXELS).flatten());
        }
        bits.extend(border);
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As long as asked for, and with all that a link has.
    fn link(length: usize) -> String {
        "https://docs.example.com/a%20b.pdf?Expires=1795500000&Signature=aB3~-_&Key-Pair-Id=K1"
            .chars()
            .cycle()
            .take(length)
            .collect()
    }

    /// Reads a PNG back into grey bytes: side in pixels, and one byte a pixel.
    fn pixels(file: &[u8]) -> (usize, Vec<u8>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        assert_eq!(info.width, info.height);
        assert_eq!(info.bit_depth, png::BitDepth::Eight);
        (info.width as usize, bytes)
    }

    #[test]
    fn pictures_read_back_as_their_text() {
        for length in [1, 20, 255, 503, 1000, 2331, 2332, MAX_BYTES] {
            let text = link(length);
            let code = QrCode::of(&text).unwrap();
            let (side, grey) = pixels(&code.to_png());
            assert_eq!(side, (code.modules() + 8) * 8);
            let mut picture =
                rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| grey[y * side + x]);
            let grids = picture.detect_grids();
            assert_eq!(grids.len(), 1, "{length}");
            assert_eq!(grids[0].decode().unwrap().1, text, "{length}");
        }
    }

    #[test]
    fn too_long_a_text_is_refused() {
        let error = QrCode::of(&link(MAX_BYTES + 1)).err();
        let (length, most) = (MAX_BYTES + 1, MAX_BYTES);
        assert_eq!(error, Some(QrError::TooLong { length, most }));
        assert_eq!(QrCode::of(&link(MAX_BYTES)).unwrap().modules(), 177);
    }

    #[test]
    fn any_short_text_has_a_code() {
        for text in ["", "1", "A", "é", "0123456789"] {
            assert_eq!(QrCode::of(text).unwrap().modules(), 21, "{text}");
        }
    }

    #[test]
    fn path_and_picture_show_the_same_modules() {
        let code = QrCode::of(&link(255)).unwrap();
        let side = code.modules() + 8;
        let mut drawn = vec![vec![false; side]; side];
        for run in code.path().split_terminator('z') {
            let (start, shape) = run.strip_prefix('M').unwrap().split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let (width, back) = shape.split_once("v1h-").unwrap();
            assert_eq!(width, back);
            let (x, y, width): (usize, usize, usize) =
                (x.parse().unwrap(), y.parse().unwrap(), width.parse().unwrap());
            drawn[y][x..x + width].fill(true);
        }
        let (pixels_a_side, grey) = pixels(&code.to_png());
        for (index, shade) in grey.iter().enumerate() {
            let (x, y) = (index % pixels_a_side / PIXELS, index / pixels_a_side / PIXELS);
            assert_eq!(drawn[y][x], *shade == 0, "{x} {y}");
        }
        for border in [0, 3, side - 4, side - 1] {
            assert!(drawn[border].iter().all(|black| !black));
            assert!(drawn.iter().all(|row| !row[border]));
        }
    }

    #[test]
    fn the_svg_stands_alone() {
        let code = QrCode::of(&link(100)).unwrap();
        let svg = code.to_svg();
        let side = code.modules() + 8;
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
        assert!(svg.contains(&format!("viewBox=\"0 0 {side} {side}\"")));
        assert!(svg.contains(&format!("<path d=\"{}\" fill=\"#000\"/>", code.path())));
        assert!(svg.ends_with("</svg>\n"));
    }
}
