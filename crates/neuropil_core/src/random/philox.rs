//! Philox4x32-10, a counter-based random number generator.
//!
//! J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
//! doi:10.1145/2063384.2063405

const ROUNDS: usize = 10;
const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// Four random words: a bijection of `counter`, chosen by `key`.
#[inline]
#[must_use]
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..ROUNDS {
        let p0 = u64::from(MULTIPLIERS[0]) * u64::from(c0);
        let p1 = u64::from(MULTIPLIERS[1]) * u64::from(c2);
        c0 = (p1 >> 32) as u32 ^ c1 ^ k0;
        c1 = p1 as u32;
        c2 = (p0 >> 32) as u32 ^ c3 ^ k1;
        c3 = p0 as u32;
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
    }
    [c0, c1, c2, c3]
}

/// How many blocks [`philox4x32_lanes`] computes at once: two 512-bit vectors of 64-bit lanes, or four of 256 bits.
pub(crate) const LANES: usize = 16;

/// The blocks of [`LANES`] counters that differ in the word `counting`, which counts up.
///
/// The same numbers as [`philox4x32`], in loops that run on vectors: 32-bit words lie in 64-bit lanes, because that is
/// where vector units multiply them. Whatever the upper half of a lane holds is never looked at. `map` and `from_fn` of
/// arrays would be calls of functions without vectors.
#[inline(always)]
pub(crate) fn philox4x32_lanes(counter: [u32; 4], counting: usize, key: [u32; 2]) -> [[u32; LANES]; 4] {
    const LOW: u64 = 0xFFFF_FFFF;
    let mut c = [[0_u64; LANES]; 4];
    for (lanes, word) in c.iter_mut().zip(counter) {
        lanes.fill(u64::from(word));
    }
    for (lane, count) in (0..).zip(&mut c[counting]) {
        *count = u64::from(counter[counting].wrapping_add(lane));
    }
    let [mut k0, mut k1] = key;
    for _ in 0..ROUNDS {
        let [c0, c1, c2, c3] = &mut c;
        for (((c0, c1), c2), c3) in c0.iter_mut().zip(c1).zip(c2).zip(c3) {
            let p0 = u64::from(MULTIPLIERS[0]) * (*c0 & LOW);
            let p1 = u64::from(MULTIPLIERS[1]) * (*c2 & LOW);
            *c0 = (p1 >> 32) ^ *c1 ^ u64::from(k0);
            *c1 = p1;
            *c2 = (p0 >> 32) ^ *c3 ^ u64::from(k1);
            *c3 = p0;
        }
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
    }
    let mut words = [[0; LANES]; 4];
    for (words, lanes) in words.iter_mut().zip(&c) {
        words.iter_mut().zip(lanes).for_each(|(word, lane)| *word = *lane as u32);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers that the authors publish with Random123 (`kat_vectors`, philox4x32 10).
    #[test]
    fn known_answers() {
        assert_eq!(philox4x32([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        let ones = u32::MAX;
        assert_eq!(philox4x32([ones; 4], [ones; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        assert_eq!(
            philox4x32([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn lanes_are_single_blocks() {
        let (counter, key) = ([9, u32::MAX - 3, 7, 1 << 31], [5, 6]);
        for counting in 0..4 {
            let lanes = philox4x32_lanes(counter, counting, key);
            for lane in 0..LANES {
                let mut counter = counter;
                counter[counting] = counter[counting].wrapping_add(lane as u32);
                assert_eq!(philox4x32(counter, key), lanes.map(|words| words[lane]));
            }
        }
    }
}
