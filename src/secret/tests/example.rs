//! Texts that fit a regular expression, made while the tests run: no token stands in this project.

/// A text that fits a pattern of the table. Knows what the table uses of the syntax.
pub(super) fn example(pattern: &str, seed: usize) -> String {
    let mut it = Maker { pattern: pattern.chars().collect(), at: 0, seed };
    it.alternatives()
}

struct Maker {
    pattern: Vec<char>,
    at: usize,
    seed: usize,
}

impl Maker {
    fn peek(&self) -> Option<char> {
        self.pattern.get(self.at).copied()
    }

    fn take(&mut self) -> char {
        self.at += 1;
        self.pattern[self.at - 1]
    }

    fn random(&mut self, below: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
        (self.seed >> 33) % below
    }

    /// One of the texts between bars, up to the end of the group.
    fn alternatives(&mut self) -> String {
        let mut texts = vec![self.sequence()];
        while self.peek() == Some('|') {
            self.at += 1;
            texts.push(self.sequence());
        }
        // The last alternative of a border is its end of text.
        texts.swap_remove(texts.iter().rposition(String::is_empty).unwrap_or(0))
    }

    fn sequence(&mut self) -> String {
        let mut text = String::new();
        while let Some(letter) = self.peek().filter(|it| !matches!(it, '|' | ')')) {
            let from = self.at;
            let first = self.atom(letter);
            let (least, most) = self.repetition();
            let after = self.at;
            let times =
                if least == most { least } else { least + self.random(2).min(most - least) };
            for time in 0..times {
                if time == 0 {
                    text.push_str(&first);
                    continue;
                }
                self.at = from;
                let again = self.atom(letter);
                text.push_str(&again);
            }
            self.at = after;
        }
        text
    }

    fn atom(&mut self, letter: char) -> String {
        self.at += 1;
        match letter {
            '^' | '$' => String::new(),
            '\\' => match self.take() {
                'b' | 's' => String::new(),
                'd' => self.random(10).to_string(),
                escaped => escaped.to_string(),
            },
            '[' => self.class().to_string(),
            '(' => {
                if self.peek() == Some('?') {
                    while self.take() != ':' {}
                }
                let text = self.alternatives();
                self.at += 1;
                text
            }
            letter => letter.to_string(),
        }
    }

    fn class(&mut self) -> char {
        let negated = self.peek() == Some('^');
        let mut letters = Vec::new();
        self.at += usize::from(negated);
        while self.peek() != Some(']') {
            let first = match self.take() {
                '\\' => self.take(),
                letter => letter,
            };
            let is_range = self.peek() == Some('-') && self.pattern[self.at + 1] != ']';
            self.at += usize::from(is_range);
            let last = if is_range { self.take() } else { first };
            letters.extend(first..=last);
        }
        self.at += 1;
        if negated {
            return ' ';
        }
        // A border must be able to follow.
        if letters.iter().any(char::is_ascii_alphanumeric) {
            letters.retain(char::is_ascii_alphanumeric);
        }
        letters[self.random(letters.len())]
    }

    /// How often the atom before stands; more than the least only by a little.
    fn repetition(&mut self) -> (usize, usize) {
        let (least, most) = match self.peek() {
            Some('?') => (0, 1),
            Some('*') => (0, 8),
            Some('+') => (1, 8),
            Some('{') => {
                let close = self.pattern[self.at..].iter().position(|it| *it == '}').expect("}");
                let inside: String = self.pattern[self.at + 1..self.at + close].iter().collect();
                self.at += close;
                let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
                let least = least.parse().expect("a number");
                (least, most.parse().unwrap_or(least + 8))
            }
            _ => return (1, 1),
        };
        self.at += 1;
        (least, most)
    }
}
