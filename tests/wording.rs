//! Every kind of problem that loading can find is worded by exactly one rule.
