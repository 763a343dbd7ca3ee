#include "privacy/automaton.h"

#include <algorithm>
#include <numeric>

namespace shide::privacy {
namespace {

std::uint64_t key_of(std::uint32_t node, char32_t character) {
  return (static_cast<std::uint64_t>(node) + 1) << 21 | static_cast<std::uint64_t>(character);
}

std::size_t slot_of(std::uint64_t key, std::size_t mask) {
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ull) >> 24) & mask;
}

}  // namespace

Automaton::Automaton() : begins_(1024), nodes_(1), edges_(64) {}

std::uint32_t Automaton::add(std::u32string_view word, std::uint32_t value) {
  if (word.empty()) return value;
  begins_[word[0] >> 6 & 0x3FF] |= std::uint64_t{1} << (word[0] & 63);
  std::uint32_t node = 0;
  for (char32_t character : word) {
    std::uint32_t next = child(node, character);
    if (next == 0) {
      next = static_cast<std::uint32_t>(nodes_.size());
      nodes_.push_back({node, character, 0, 0, 0, 0});
      if (nodes_.size() * 2 > edges_.size()) grow();
      insert(key_of(node, character), next);
    }
    node = next;
  }
  if (nodes_[node].length != 0) return nodes_[node].value;
  nodes_[node].length = static_cast<std::uint32_t>(word.size());
  nodes_[node].value = value;
  ++words_;
  return value;
}

// Nodes by depth: a node's fail link leads to a shallower node, which must be known first.
void Automaton::build() {
  std::vector<std::uint32_t> depth(nodes_.size(), 0);
  for (std::size_t i = 1; i < nodes_.size(); ++i) depth[i] = depth[nodes_[i].parent] + 1;
  std::vector<std::uint32_t> order(nodes_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return depth[a] < depth[b]; });
  for (std::uint32_t i : order) {
    if (i == 0) continue;
    Node& node = nodes_[i];
    node.fail = node.parent == 0 ? 0 : step(nodes_[node.parent].fail, node.character);
    const Node& fail = nodes_[node.fail];
    node.output = fail.length != 0 ? node.fail : fail.output;
  }
}

std::uint32_t Automaton::child(std::uint32_t node, char32_t character) const {
  std::uint64_t key = key_of(node, character);
  std::size_t mask = edges_.size() - 1;
  for (std::size_t slot = slot_of(key, mask);; slot = (slot + 1) & mask) {
    if (edges_[slot].key == key) return edges_[slot].child;
    if (edges_[slot].key == 0) return 0;
  }
}

void Automaton::insert(std::uint64_t key, std::uint32_t child) {
  std::size_t mask = edges_.size() - 1;
  std::size_t slot = slot_of(key, mask);
  while (edges_[slot].key != 0) slot = (slot + 1) & mask;
  edges_[slot] = {key, child};
}

void Automaton::grow() {
  std::vector<Edge> old(edges_.size() * 2);
  old.swap(edges_);
  for (const Edge& edge : old) {
    if (edge.key != 0) insert(edge.key, edge.child);
  }
}

}  // namespace shide::privacy
