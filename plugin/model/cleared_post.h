// The only thing a Publisher takes: a post that privacy::Clearance has just looked at (joint 4, S98). Nobody else can make one.
#pragma once

#include <string>

#include "model/section.h"

namespace shide::privacy {
class Clearance;
}

namespace shide::model {

class ClearedPost {
 public:
  const Post& post() const { return post_; }
  const std::string& text_sha256() const { return text_sha256_; }

 private:
  friend class privacy::Clearance;
  ClearedPost(Post post, std::string text_sha256) : post_(std::move(post)), text_sha256_(std::move(text_sha256)) {}
  Post post_;
  std::string text_sha256_;
};

}  // namespace shide::model
