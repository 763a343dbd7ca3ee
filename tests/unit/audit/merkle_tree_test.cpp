// The vectors of the reference implementation of Certificate Transparency (google/certificate-transparency, merkletree tests), and every
// proof of every tree of up to 70 leaves, right and wrong.
#include "audit/merkle_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/canonical.h"

namespace shide::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Hash> reference_leaves() {
  std::vector<Hash> leaves;
  for (const char* hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}) leaves.push_back(leaf_hash(from_hex(hex)));
  return leaves;
}
std::span<const Hash> first(const std::vector<Hash>& leaves, std::size_t count) { return std::span(leaves).first(count); }
std::vector<std::string> hex_of_all(const Proof& proof) {
  std::vector<std::string> list;
  for (const Hash& hash : proof) list.push_back(hex_of(hash));
  return list;
}

TEST(MerkleTree, HasTheRootsOfTheReference) {
  const char* const roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                               "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                               "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                               "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  for (std::size_t size = 0; size < std::size(roots); ++size) EXPECT_EQ(hex_of(root_of(first(reference_leaves(), size))), roots[size]) << size;
}

TEST(MerkleTree, HasTheProofsOfTheReference) {
  auto leaves = reference_leaves();
  EXPECT_THAT(inclusion_proof(first(leaves, 1), 0), IsEmpty());
  EXPECT_THAT(hex_of_all(inclusion_proof(leaves, 0)),
              ElementsAre("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
  EXPECT_THAT(hex_of_all(inclusion_proof(leaves, 5)),
              ElementsAre("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
  EXPECT_THAT(hex_of_all(inclusion_proof(first(leaves, 3), 2)), ElementsAre("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"));
  EXPECT_THAT(consistency_proof(first(leaves, 1), 1), IsEmpty());
  EXPECT_THAT(hex_of_all(consistency_proof(leaves, 6)),
              ElementsAre("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
  EXPECT_THAT(hex_of_all(consistency_proof(first(leaves, 5), 2)),
              ElementsAre("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
}

std::vector<Hash> some_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash("entry " + std::to_string(i)));
  return leaves;
}

TEST(MerkleTree, GrowsToTheRootOfItsLeaves) {
  auto leaves = some_leaves(70);
  MerkleTree tree;
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    tree.append(leaves[size - 1]);
    EXPECT_EQ(tree.size(), size);
    EXPECT_EQ(tree.root(), root_of(first(leaves, size)));
  }
}

TEST(MerkleTree, EveryInclusionIsProvenAndNothingElse) {
  auto leaves = some_leaves(70);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    Hash root = root_of(first(leaves, size));
    for (std::size_t index = 0; index < size; ++index) {
      Proof proof = inclusion_proof(first(leaves, size), index);
      ASSERT_TRUE(is_included(leaves[index], index, size, proof, root)) << index << " of " << size;
      EXPECT_FALSE(is_included(leaves[(index + 1) % leaves.size()], index, size, proof, root));
      EXPECT_FALSE(is_included(leaves[index], index + 1, size, proof, root));
      if (proof.empty()) continue;
      Proof longer = proof, wrong = proof;
      longer.push_back(leaves[0]);
      wrong[index % proof.size()][3] ^= 1;
      EXPECT_FALSE(is_included(leaves[index], index, size, longer, root));
      EXPECT_FALSE(is_included(leaves[index], index, size, wrong, root));
      EXPECT_FALSE(is_included(leaves[index], index, size, {proof.begin(), proof.end() - 1}, root));
    }
    EXPECT_THAT(inclusion_proof(first(leaves, size), size), IsEmpty());
  }
}

TEST(MerkleTree, EveryBeginningIsProvenAndNothingElse) {
  auto leaves = some_leaves(70);
  for (std::size_t second = 0; second <= leaves.size(); ++second) {
    Hash second_root = root_of(first(leaves, second));
    for (std::size_t one = 0; one <= second; ++one) {
      Hash first_root = root_of(first(leaves, one));
      Proof proof = consistency_proof(first(leaves, second), one);
      ASSERT_TRUE(is_consistent(one, first_root, second, second_root, proof)) << one << " in " << second;
      EXPECT_FALSE(is_consistent(one, leaf_hash("another"), second, second_root, proof)) << one << " in " << second;
      if (one > 0) {
        EXPECT_FALSE(is_consistent(one, first_root, second, leaf_hash("another"), proof)) << one << " in " << second;
      }
      if (proof.empty()) continue;
      Proof longer = proof, wrong = proof;
      longer.push_back(leaves[0]);
      wrong[one % proof.size()][0] ^= 0x80;
      EXPECT_FALSE(is_consistent(one, first_root, second, second_root, longer));
      EXPECT_FALSE(is_consistent(one, first_root, second, second_root, wrong));
      EXPECT_FALSE(is_consistent(one, first_root, second, second_root, {proof.begin(), proof.end() - 1}));
    }
    EXPECT_FALSE(is_consistent(second + 1, second_root, second, second_root, {}));
  }
}

}  // namespace
}  // namespace shide::audit
