// The Merkle tree of RFC 6962 (2.1; the same in RFC 9162 2.1) over SHA-256: a leaf is hashed behind a zero byte, a node behind a one, so
// that neither can stand for the other. Pure.
//
//     MerkleTree tree;
//     for (const std::string& entry : entries) tree.append(leaf_hash(entry));
//     tree.root()                                   // changes with every edit, deletion, swap or truncation
//
// Proofs: `inclusion_proof` shows that one leaf is in a tree of `leaves.size()`, `consistency_proof` that a smaller tree is its
// beginning; the checks need the roots and the proof only. An index or a size that is not there gives an empty proof, and the check
// of one that does not fit is false.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace shide::audit {

using Hash = Sha256;
using Proof = std::vector<Hash>;

Hash leaf_hash(std::string_view entry);
Hash node_hash(const Hash& left, const Hash& right);

/// Grows by one leaf at a time; keeps one hash for each whole subtree, so its memory is the logarithm of its size.
class MerkleTree {
 public:
  void append(const Hash& leaf);
  std::uint64_t size() const { return size_; }
  /// SHA-256 of nothing while the tree is empty.
  Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> whole_;  // from the largest to the smallest
};

Hash root_of(std::span<const Hash> leaves);

/// `index` from 0.
Proof inclusion_proof(std::span<const Hash> leaves, std::uint64_t index);
bool is_included(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof, const Hash& root);

/// That the first `first` leaves are the beginning of all.
Proof consistency_proof(std::span<const Hash> leaves, std::uint64_t first);
bool is_consistent(std::uint64_t first, const Hash& first_root, std::uint64_t second, const Hash& second_root, const Proof& proof);

}  // namespace shide::audit
