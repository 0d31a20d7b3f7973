//! Which of many keywords stand in a text. Cheaper to set up than to use, as most texts are short
//! and most runs see few of them.

/// Keywords by their first two bytes.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// A bit for each pair of bytes that some keyword begins with.
    pairs: Vec<u64>,
    /// The keywords and what they stand for, sorted by their first byte.
    keywords: Vec<(&'static [u8], usize)>,
    /// Where the keywords with each first byte begin.
    starts: Vec<usize>,
}

impl Prefilter {
    pub(super) fn new(keywords: impl Iterator<Item = (&'static str, usize)>) -> Self {
        let mut keywords: Vec<_> = keywords.map(|(it, owner)| (it.as_bytes(), owner)).collect();
        keywords.retain(|it| !it.0.is_empty());
        keywords.sort_by_key(|it| it.0[0]);
        let mut pairs = vec![0_u64; 1024];
        let mut starts = vec![0; 257];
        for (keyword, _) in &keywords {
            let row = usize::from(keyword[0]) * 4;
            starts[usize::from(keyword[0]) + 1] += 1;
            match keyword.get(1) {
                Some(&second) => pairs[row + usize::from(second) / 64] |= 1 << (second % 64),
                None => pairs[row..row + 4].fill(u64::MAX),
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { pairs, keywords, starts }
    }

    /// Calls `hit` with each place of a keyword and what the keyword stands for.
    pub(super) fn each(&self, text: &str, mut hit: impl FnMut(usize, usize)) {
        let bytes = text.as_bytes();
        for (at, &first) in bytes.iter().enumerate() {
            let second = bytes.get(at + 1).copied().unwrap_or_default();
            let word = self.pairs[usize::from(first) * 4 + usize::from(second) / 64];
            if word >> (second % 64) & 1 == 0 {
                continue;
            }
            let from = self.starts[usize::from(first)];
            let to = self.starts[usize::from(first) + 1];
            for (keyword, owner) in &self.keywords[from..to] {
                if bytes[at..].starts_with(keyword) {
                    hit(at, *owner);
                }
            }
        }
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
}
