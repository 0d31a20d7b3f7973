//! Which of many keywords stand in a text. Cheaper to set up than to use, as most texts are short
//! and most runs see few of them.

/// Keywords by their first bytes.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// A bit for each pair of bytes that some keyword begins with.
    pairs: Vec<u64>,
    /// Sorted by the first byte.
    keywords: Vec<Keyword>,
    /// Where the keywords with each first byte begin.
    starts: Vec<usize>,
    /// The bits in which a small and a large letter differ are left out.
    fold: u32,
}

#[derive(Debug)]
struct Keyword {
    text: &'static str,
    /// The first four bytes, and which bits of them count.
    head: u32,
    mask: u32,
    /// What the keyword stands for.
    owner: usize,
}

/// The bit that makes a letter small.
const SMALL: u8 = 0x20;

impl Prefilter {
    /// Keywords that are looked for as they are written.
    pub(super) fn new(keywords: impl Iterator<Item = (&'static str, usize)>) -> Self {
        Self::build(keywords, 0)
    }

    /// Words of small letters, of which any is looked for in small and large letters.
    pub(super) fn of_any_case(words: impl Iterator<Item = &'static str>) -> Self {
        Self::build(words.map(|it| (it, 0)), u32::from_le_bytes([SMALL; 4]))
    }

    fn build(keywords: impl Iterator<Item = (&'static str, usize)>, fold: u32) -> Self {
        let mut keywords: Vec<_> = keywords.map(|(text, owner)| keyword(text, owner)).collect();
        keywords.retain(|it| !it.text.is_empty());
        keywords.sort_by_key(|it| it.head.to_le_bytes()[0]);
        let mut pairs = vec![0_u64; 1024];
        let mut starts = vec![0; 257];
        for it in &mut keywords {
            it.head |= fold & it.mask;
            let first = it.text.as_bytes()[0];
            let row = usize::from(first) * 4;
            starts[usize::from(first) + 1] += 1;
            match it.text.as_bytes().get(1) {
                Some(&second) => pairs[row + usize::from(second) / 64] |= 1 << (second % 64),
                None => pairs[row..row + 4].fill(u64::MAX),
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { pairs, keywords, starts, fold }
    }

    /// Calls `hit` with each place of a keyword and what the keyword stands for.
    pub(super) fn each(&self, text: &str, mut hit: impl FnMut(usize, usize)) {
        self.search(text, |at, owner| {
            hit(at, owner);
            false
        });
    }

    /// Whether one of the keywords stands in the text.
    pub(super) fn is_any_in(&self, text: &str) -> bool {
        self.search(text, |_, _| true)
    }

    /// Calls `hit` until it says that it has seen enough.
    fn search(&self, text: &str, mut hit: impl FnMut(usize, usize) -> bool) -> bool {
        let bytes = text.as_bytes();
        let fold = self.fold.to_le_bytes()[0];
        for at in 0..bytes.len() {
            let first = usize::from(bytes[at] | fold);
            let second = bytes.get(at + 1).map_or(0, |it| it | fold);
            let word = self.pairs[first * 4 + usize::from(second) / 64];
            if word >> (second % 64) & 1 == 0 {
                continue;
            }
            let rest = &bytes[at..];
            let head = head(rest) | self.fold;
            for it in &self.keywords[self.starts[first]..self.starts[first + 1]] {
                if head & it.mask == it.head && self.stands(it, rest) && hit(at, it.owner) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether a keyword whose first bytes are there is there.
    fn stands(&self, it: &Keyword, rest: &[u8]) -> bool {
        let length = it.text.len();
        let Some(found) = rest.get(..length) else { return false };
        let tail = length.min(4);
        if self.fold == 0 {
            found[tail..] == it.text.as_bytes()[tail..]
        } else {
            found[tail..].eq_ignore_ascii_case(&it.text.as_bytes()[tail..])
        }
    }
}

fn keyword(text: &'static str, owner: usize) -> Keyword {
    let counts = |at: usize| if at < text.len() { u8::MAX } else { 0 };
    let mask = u32::from_le_bytes([counts(0), counts(1), counts(2), counts(3)]);
    Keyword { text, head: head(text.as_bytes()), mask, owner }
}

/// The first four bytes, zeroes after the end.
fn head(bytes: &[u8]) -> u32 {
    match bytes.first_chunk::<4>() {
        Some(it) => u32::from_le_bytes(*it),
        None => bytes.iter().rev().fold(0, |head, it| head << 8 | u32::from(*it)),
    }
}

#[cfg(test)]
mod tests {
    use super::Prefilter;

    #[test]
    fn every_place_of_every_keyword_is_found() {
        let it = Prefilter::new([("ab", 0), ("abc", 1), ("-", 2), ("b", 3)].into_iter());
        for (text, hits) in [
            ("xabc-", vec![(1, 0), (1, 1), (2, 3), (4, 2)]),
            ("", vec![]),
            ("a", vec![]),
            ("\u{e9}ab", vec![(2, 0), (3, 3)]),
        ] {
            let mut found = Vec::new();
            it.each(text, |at, owner| found.push((at, owner)));
            assert_eq!(found, hits, "{text}");
        }
    }

    #[test]
    fn words_are_found_in_any_case() {
        let it = Prefilter::of_any_case(["key", "token", "pw"].into_iter());
        for text in ["APIKEY", "aPw", "x_Token_", "toKen", "KEY", "pw"] {
            assert!(it.is_any_in(text), "{text}");
        }
        for text in ["", "k", "ke", "KE", "toke", "TOKE", "p", "p_w", "p\u{57}\0"] {
            assert_eq!(it.is_any_in(text), text.contains('W'), "{text}");
        }
    }
}
