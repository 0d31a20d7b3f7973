//! Work that is shared among the processors, its results in the order of the work.

use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The most threads: a folder of stack files does not fill more.
const MOST: usize = 16;

/// What the main thread usually has, in bytes.
const STACK: usize = 8 << 20;

/// Does all of the work.
pub(super) fn share<T: Send, R: Send>(work: Vec<T>, each: impl Fn(T) -> R + Sync) -> Vec<R> {
    let count = work.len();
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let helpers = processors.min(count).min(MOST).saturating_sub(1);
    let queue = Mutex::new(work.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let labour = || {
        let mut done = Vec::new();
        while let Some((at, it)) = next() {
            done.push((at, each(it)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let crew: Vec<_> = (0..helpers)
            .filter_map(|_| {
                thread::Builder::new().stack_size(STACK).spawn_scoped(scope, labour).ok()
            })
            .collect();
        let mut done = labour();
        for it in crew {
            match it.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, it)| it).collect()
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn results_keep_the_order_of_the_work() {
        let work: Vec<u32> = (0..1000).collect();
        assert_eq!(
            share(work.clone(), |it| it * 2),
            work.iter().map(|it| it * 2).collect::<Vec<_>>()
        );
        assert!(share(Vec::<u32>::new(), |it| it).is_empty());
    }
}
