//! Large arrays.

use crate::error::StorageError;

/// A vector of `n` equal elements.
///
/// # Errors
/// [`StorageError::OutOfMemory`].
pub fn try_filled<T: Clone>(n: usize, value: T) -> Result<Vec<T>, StorageError> {
    let mut vec = try_reserved(n)?;
    vec.resize(n, value);
    Ok(vec)
}

/// An empty vector with room for `n` elements.
///
/// # Errors
/// [`StorageError::OutOfMemory`].
pub(crate) fn try_reserved<T>(n: usize) -> Result<Vec<T>, StorageError> {
    let mut vec = Vec::new();
    vec.try_reserve_exact(n)
        .map_err(|_| StorageError::OutOfMemory { bytes: n as u64 * size_of::<T>() as u64 })?;
    ask_for_huge_pages(&mut vec);
    Ok(vec)
}

/// Asks the system to back the room of a large vector with pages of 2 MiB, before it is touched.
///
/// Spikes reach rows at random places of gigabytes of synapses: with pages of 4 KiB, most of the time of such an access is
/// finding the page. A system that refuses changes nothing but time.
#[cfg(target_os = "linux")]
#[expect(
    unsafe_code,
    reason = "advice to the system is declared unsafe, because other advice throws data away"
)]
fn ask_for_huge_pages<T>(vec: &mut Vec<T>) {
    use rustix::mm::{Advice, madvise};

    const PAGE: usize = 2 << 20;
    let room = vec.spare_capacity_mut();
    let begin = room.as_mut_ptr().cast::<u8>();
    let skipped = begin.align_offset(PAGE);
    let len = size_of_val(room).saturating_sub(skipped) / PAGE * PAGE;
    if len > 0 {
        // SAFETY: the range lies inside an allocation that is ours, and this advice leaves its contents as they are.
        let _ = unsafe { madvise(begin.wrapping_add(skipped).cast(), len, Advice::LinuxHugepage) };
    }
}

#[cfg(not(target_os = "linux"))]
fn ask_for_huge_pages<T>(_vec: &mut Vec<T>) {}
