//! Command lines cut into commands and words, each byte with its place.

/// One word, quotes and backslashes taken away.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    pub text: String,
    /// Which item of a list the word is a part of.
    pub item: usize,
    /// Where each byte of the text stands in the item.
    pub at: Vec<usize>,
}

impl Word {
    /// A word that stands as it is.
    pub(super) fn verbatim(text: &str, from: usize, item: usize) -> Self {
        Self { text: text.to_owned(), item, at: (from..from + text.len()).collect() }
    }

    /// The bytes of the item behind a part of the text.
    pub(super) fn range(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let start = self.at.get(from).copied().unwrap_or_default();
        let last = to.checked_sub(1).filter(|_| to > from).and_then(|it| self.at.get(it));
        start..last.map_or(start, |it| it + 1)
    }
}

/// The commands of a script, each a list of words.
pub(super) fn commands(script: &Word) -> Vec<Vec<Word>> {
    let mut it = Reader { script, done: Vec::new(), command: Vec::new(), word: None };
    it.read();
    it.end_command();
    it.done
}

struct Reader<'a> {
    script: &'a Word,
    done: Vec<Vec<Word>>,
    command: Vec<Word>,
    word: Option<Word>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let script = self.script;
        let mut letters = script.text.char_indices().peekable();
        let mut quote: Option<char> = None;
        // How many parentheses of `$(` are open: what stands in them belongs to the word.
        let mut open = 0_usize;
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' if quote != Some('\'') => {
                    let Some(&(next, escaped)) = letters.peek() else { break };
                    letters.next();
                    if escaped != '\n' {
                        self.push(next, escaped);
                    }
                }
                '\'' | '"' if quote == Some(letter) && open == 0 => quote = None,
                '\'' | '"' if quote.is_none() && open == 0 => {
                    quote = Some(letter);
                    self.begin();
                }
                '$' if quote != Some('\'') => {
                    self.push(at, letter);
                    if letters.peek().is_some_and(|it| it.1 == '(') {
                        open += 1;
                        letters.next();
                        self.push(at + 1, '(');
                    }
                }
                ')' if open > 0 => {
                    open -= 1;
                    self.push(at, letter);
                }
                _ if quote.is_some() || open > 0 => self.push(at, letter),
                ';' | '|' | '&' | '\n' | '(' | ')' => self.end_command(),
                _ if letter.is_whitespace() => self.end_word(),
                _ => self.push(at, letter),
            }
        }
    }

    fn begin(&mut self) -> &mut Word {
        let item = self.script.item;
        self.word.get_or_insert_with(|| Word { item, ..Word::default() })
    }

    fn push(&mut self, at: usize, letter: char) {
        let places = self.script.at.get(at..at + letter.len_utf8()).unwrap_or_default();
        let word = self.begin();
        word.text.push(letter);
        word.at.extend_from_slice(places);
    }

    fn end_word(&mut self) {
        self.command.extend(self.word.take());
    }

    fn end_command(&mut self) {
        self.end_word();
        if !self.command.is_empty() {
            self.done.push(std::mem::take(&mut self.command));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Word, commands};

    #[test]
    fn scripts_fall_into_commands_and_words() {
        for (script, words) in [
            ("a 'b c' \"d\\\"e\" f\\ g", "a|b c|d\"e|f g"),
            ("a --x=\"$(cat /x y)\" b", "a|--x=$(cat /x y)|b"),
            ("a && b; c | d", "a/b/c/d"),
            ("a '' b", "a||b"),
            ("(a; b)", "a/b"),
        ] {
            let commands = commands(&Word::verbatim(script, 0, 0));
            let texts = |it: &Vec<Word>| {
                it.iter().map(|word| word.text.clone()).collect::<Vec<_>>().join("|")
            };
            assert_eq!(commands.iter().map(texts).collect::<Vec<_>>().join("/"), words, "{script}");
        }
    }

    #[test]
    fn words_know_their_places() {
        let script = "a 'b c'";
        let words = commands(&Word::verbatim(script, 10, 0)).remove(0);
        assert_eq!(words[1].range(0, 3), 13..16);
        assert_eq!(words[1].range(2, 2), 15..15);
    }
}
