//! What to take where Swarm takes anything: equals come in random order there.

/// An order among equals.
#[derive(Clone, Debug, Default)]
pub enum Choice {
    /// As they are given, which is by name.
    #[default]
    ByName,
    /// The other way round.
    Reverse,
    /// Shuffled by these numbers.
    Random(Numbers),
}

/// Numbers without a pattern, the same for the same seed.
#[derive(Clone, Debug)]
pub struct Numbers(u64);

impl Choice {
    /// An order that the number decides.
    pub fn random(seed: u64) -> Self {
        Self::Random(Numbers(seed))
    }

    /// Puts equals in order.
    pub fn arrange<T>(&mut self, items: &mut [T]) {
        match self {
            Self::ByName => {}
            Self::Reverse => items.reverse(),
            Self::Random(numbers) => {
                for at in (1..items.len()).rev() {
                    items.swap(at, (numbers.next() % (at as u64 + 1)) as usize);
                }
            }
        }
    }
}

impl Numbers {
    /// `SplitMix64`.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_holds_the_same_things() {
        for mut choice in [Choice::ByName, Choice::Reverse, Choice::random(7)] {
            let mut items = [1, 2, 3, 4, 5, 6, 7, 8];
            choice.arrange(&mut items);
            let arranged = items;
            items.sort_unstable();
            assert_eq!(items, [1, 2, 3, 4, 5, 6, 7, 8]);
            assert_eq!(arranged == items, matches!(choice, Choice::ByName));
        }
    }
}
