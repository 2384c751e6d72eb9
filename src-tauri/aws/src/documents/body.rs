//! Bytes in memory on their way, in small pieces: so a dead line is known by its bytes and not by the clock, and it is
//! known how far they are. The memory they are in is used again, for what is given back to the system in large blocks
//! mostly stays with the program.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use aws_sdk_s3::primitives::{ByteStream, SdkBody};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// So many bytes go at once.
const PIECE: usize = 64 << 10;

/// How many bytes of something went out, as far as the system took them.
#[derive(Debug, Clone, Default)]
pub(super) struct Gone(Arc<AtomicU64>);

impl Gone {
    pub(super) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Bytes that can be sent once more, where a line broke.
pub(super) fn stream(bytes: Bytes, gone: &Gone) -> ByteStream {
    let gone = gone.clone();
    ByteStream::new(SdkBody::retryable(move || {
        gone.0.store(0, Ordering::Relaxed);
        SdkBody::from_body_1_x(InPieces { rest: bytes.clone(), gone: gone.clone() })
    }))
}

/// Memory for parts of one length.
#[derive(Debug, Clone, Default)]
pub(super) struct Buffers(Arc<Mutex<Vec<Vec<u8>>>>);

/// Memory that goes back to where it is used again.
pub(super) struct Buffer {
    bytes: Vec<u8>,
    length: usize,
    from: Buffers,
}

impl Buffers {
    /// Memory for so many bytes, which hold anything.
    pub(super) fn take(&self, length: usize) -> Buffer {
        let before = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut bytes = before.unwrap_or_default();
        if bytes.len() < length {
            bytes.resize(length, 0);
        }
        Buffer { bytes, length, from: self.clone() }
    }
}

impl Buffer {
    pub(super) fn bytes_mut(&mut self) -> &mut [u8] {
        let length = self.length;
        self.bytes.get_mut(..length).unwrap_or_default()
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        self.from.0.lock().unwrap_or_else(PoisonError::into_inner).push(bytes);
    }
}

struct InPieces {
    rest: Bytes,
    gone: Gone,
}

impl Body for InPieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(length);
        self.gone.0.fetch_add(length as u64, Ordering::Relaxed);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
