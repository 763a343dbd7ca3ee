#include "audit/merkle_tree.h"

#include <algorithm>
#include <bit>

namespace shide::audit {
namespace {

/// The largest power of two below `size`, which is at least 2: where a tree is split.
std::size_t split_of(std::size_t size) { return std::bit_floor(size - 1); }

// RFC 6962 2.1.1: PATH(m, D[n]).
void add_path(std::span<const Hash> leaves, std::size_t index, Proof& proof) {
  if (leaves.size() < 2) return;
  std::size_t left = split_of(leaves.size());
  if (index < left) {
    add_path(leaves.first(left), index, proof);
    proof.push_back(root_of(leaves.subspan(left)));
  } else {
    add_path(leaves.subspan(left), index - left, proof);
    proof.push_back(root_of(leaves.first(left)));
  }
}

// RFC 6962 2.1.2: SUBPROOF(m, D[n], whole), where `whole` says that the checker knows the root of these leaves already.
void add_subproof(std::span<const Hash> leaves, std::size_t first, bool whole, Proof& proof) {
  if (first == leaves.size()) {
    if (!whole) proof.push_back(root_of(leaves));
    return;
  }
  std::size_t left = split_of(leaves.size());
  if (first <= left) {
    add_subproof(leaves.first(left), first, whole, proof);
    proof.push_back(root_of(leaves.subspan(left)));
  } else {
    add_subproof(leaves.subspan(left), first - left, false, proof);
    proof.push_back(root_of(leaves.first(left)));
  }
}

}  // namespace

Hash leaf_hash(std::string_view entry) { return sha256(std::string_view("\0", 1), entry); }

Hash node_hash(const Hash& left, const Hash& right) {
  char bytes[1 + 2 * sizeof(Hash)] = {1};
  std::copy(left.begin(), left.end(), bytes + 1);
  std::copy(right.begin(), right.end(), bytes + 1 + sizeof(Hash));
  return sha256({bytes, sizeof bytes});
}

// As a binary counter: a leaf joins as many whole subtrees as the old size has ones at its end.
void MerkleTree::append(const Hash& leaf) {
  Hash joined = leaf;
  for (std::uint64_t size = size_; size & 1; size >>= 1) {
    joined = node_hash(whole_.back(), joined);
    whole_.pop_back();
  }
  whole_.push_back(joined);
  ++size_;
}

Hash MerkleTree::root() const {
  if (whole_.empty()) return sha256({});
  Hash root = whole_.back();
  for (std::size_t i = whole_.size() - 1; i-- > 0;) root = node_hash(whole_[i], root);
  return root;
}

Hash root_of(std::span<const Hash> leaves) {
  MerkleTree tree;
  for (const Hash& leaf : leaves) tree.append(leaf);
  return tree.root();
}

Proof inclusion_proof(std::span<const Hash> leaves, std::uint64_t index) {
  Proof proof;
  if (index < leaves.size()) add_path(leaves, index, proof);
  return proof;
}

// RFC 9162 2.1.3.2.
bool is_included(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof, const Hash& root) {
  if (index >= size) return false;
  std::uint64_t at = index, last = size - 1;
  Hash joined = leaf;
  for (const Hash& one : proof) {
    if (last == 0) return false;
    if ((at & 1) || at == last) {
      joined = node_hash(one, joined);
      while (!(at & 1) && at != 0) at >>= 1, last >>= 1;
    } else {
      joined = node_hash(joined, one);
    }
    at >>= 1, last >>= 1;
  }
  return last == 0 && joined == root;
}

Proof consistency_proof(std::span<const Hash> leaves, std::uint64_t first) {
  Proof proof;
  if (first > 0 && first < leaves.size()) add_subproof(leaves, first, true, proof);
  return proof;
}

// RFC 9162 2.1.4.2.
bool is_consistent(std::uint64_t first, const Hash& first_root, std::uint64_t second, const Hash& second_root, const Proof& proof) {
  if (first > second) return false;
  if (first == second) return proof.empty() && first_root == second_root;
  if (first == 0) return proof.empty() && first_root == sha256({});
  std::size_t next = 0;
  std::uint64_t at = first - 1, last = second - 1;
  while (at & 1) at >>= 1, last >>= 1;
  // A first tree that is a whole subtree is its own beginning, and not in the proof.
  if (!std::has_single_bit(first) && proof.empty()) return false;
  Hash old_root = std::has_single_bit(first) ? first_root : proof[next++];
  Hash new_root = old_root;
  for (; next < proof.size(); ++next) {
    if (last == 0) return false;
    if ((at & 1) || at == last) {
      old_root = node_hash(proof[next], old_root);
      new_root = node_hash(proof[next], new_root);
      while (!(at & 1) && at != 0) at >>= 1, last >>= 1;
    } else {
      new_root = node_hash(new_root, proof[next]);
    }
    at >>= 1, last >>= 1;
  }
  return last == 0 && old_root == first_root && new_root == second_root;
}

}  // namespace shide::audit
