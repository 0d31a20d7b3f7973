//! Points in time, as Go reads and prints them.

use crate::yaml::node::Timestamp;

/// Takes numbers off the front of a text.
struct Reader<'t>(&'t [u8]);

/// A point in time before it is printed.
#[derive(Default)]
struct Parts {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    nanoseconds: u32,
    /// Minutes east of Greenwich.
    offset: i32,
}

/// Reads `Y-M-D`, `Y-M-D h:m:s[.f]` or `Y-M-D{T|t}h:m:s[.f]{Z|±hh:mm}`; the year has four digits.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || bytes[4] != b'-' || !bytes[..4].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut reader = Reader(&bytes[5..]);
    let mut parts = Parts { year: text[..4].parse().ok()?, ..Parts::default() };
    parts.month = reader.number(1, 12)?;
    reader.sign(b'-')?;
    parts.day = reader.number(1, days_in(parts.month, parts.year))?;
    match reader.0.first() {
        None => return Some(parts.print()),
        Some(b' ') => {
            while reader.sign(b' ').is_some() {}
            parts.read_clock(&mut reader)?;
        }
        Some(b'T' | b't') => {
            reader.0 = &reader.0[1..];
            parts.read_clock(&mut reader)?;
            parts.read_zone(&mut reader)?;
        }
        Some(_) => return None,
    }
    reader.0.is_empty().then(|| parts.print())
}

impl Reader<'_> {
    /// One or two digits.
    fn number(&mut self, least: u32, most: u32) -> Option<u32> {
        let width = self.0.iter().take(2).take_while(|it| it.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(width);
        self.0 = rest;
        let number = digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        (width > 0 && (least..=most).contains(&number)).then_some(number)
    }

    fn sign(&mut self, sign: u8) -> Option<()> {
        let rest = self.0.strip_prefix(&[sign])?;
        self.0 = rest;
        Some(())
    }
}

impl Parts {
    fn read_clock(&mut self, reader: &mut Reader) -> Option<()> {
        self.hour = reader.number(0, 23)?;
        reader.sign(b':')?;
        self.minute = reader.number(0, 59)?;
        reader.sign(b':')?;
        self.second = reader.number(0, 59)?;
        // Go takes a comma for the point, and drops digits past the ninth.
        if let [b'.' | b',', digit, ..] = reader.0
            && digit.is_ascii_digit()
        {
            let digits = &reader.0[1..];
            let width = digits.iter().take_while(|it| it.is_ascii_digit()).count();
            let nine = digits[..width].iter().copied().chain([b'0'; 9]).take(9);
            self.nanoseconds = nine.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
            reader.0 = &digits[width..];
        }
        Some(())
    }

    fn read_zone(&mut self, reader: &mut Reader) -> Option<()> {
        if reader.sign(b'Z').is_some() {
            return Some(());
        }
        let &[sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = reader.0 else { return None };
        if ![h1, h2, m1, m2].iter().all(u8::is_ascii_digit) {
            return None;
        }
        let two = |high: u8, low: u8| i32::from(high - b'0') * 10 + i32::from(low - b'0');
        let (hours, minutes) = (two(h1, h2), two(m1, m2));
        if hours > 24 || minutes > 60 {
            return None;
        }
        self.offset = (hours * 60 + minutes) * if sign == b'-' { -1 } else { 1 };
        reader.0 = &[];
        Some(())
    }

    fn print(&self) -> Timestamp {
        let date = format!("{:04}-{:02}-{:02}", self.year, self.month, self.day);
        let mut clock = format!("{:02}:{:02}:{:02}", self.hour, self.minute, self.second);
        if self.nanoseconds > 0 {
            let fraction = format!("{:09}", self.nanoseconds);
            clock = format!("{clock}.{}", fraction.trim_end_matches('0'));
        }
        let sign = if self.offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (self.offset.abs() / 60, self.offset.abs() % 60);
        let zone = format!("{sign}{hours:02}{minutes:02}");
        if self.offset == 0 {
            let go = format!("{date} {clock} +0000 UTC");
            return Timestamp { go, rfc3339: format!("{date}T{clock}Z") };
        }
        Timestamp {
            go: format!("{date} {clock} {zone} {zone}"),
            rfc3339: format!("{date}T{clock}{sign}{hours:02}:{minutes:02}"),
        }
    }
}

fn days_in(month: u32, year: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
