// "Did you mean": the word of a list that a mistyped word most likely stands for.
//
//     nearest("store.knid", {"store.kind", "store.path"})  ->  "store.kind"        nearest("x", {"store.kind"})  ->  ""
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shide {

/// Empty when nothing is near: at most a third of the longer word's letters (and at least one) may differ, a swap of two
/// neighbours counting once. ASCII, case ignored. The first of equals wins.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace shide
