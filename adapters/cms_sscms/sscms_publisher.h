// Copies in a CMS of SSCMS's shape: contents of a channel, over its REST interface with a key that has the scope for contents.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ports/publisher.h"

namespace shide::cms_sscms {

struct SscmsSite {
  std::string url;      // its front page
  std::string key;      // of its interface, scope "contents"
  std::string channel;  // "1/27": number of the site, number of the channel
  std::string ca_file;  // as http_out::Call
};

class SscmsPublisher : public ports::Publisher {
 public:
  explicit SscmsPublisher(SscmsSite site);

  std::string host() const override { return "sscms"; }
  Result<ports::CopySeen> publish(const model::ClearedPost& post, const std::string& reference, ports::Existing existing) override;
  /// All copies stand in the one channel that is configured.
  Result<ports::CopySeen> move(const model::ClearedPost& post, const std::string& reference) override { return look({post.post().id, reference}); }
  Result<void> withdraw(const ports::CopyKey& key) override;
  Result<ports::CopySeen> look(const ports::CopyKey& key) override;
  Result<Phrase> advice() override;

 private:
  using json = nlohmann::json;

  /// kNotFound for what is not there (any more); the site's other refusals in words.
  Result<json> ask(const std::string& method, const std::string& path, const json& body = nullptr);
  /// Every content of that post, the one of `reference` first, then by age.
  Result<std::vector<json>> find(const ports::CopyKey& key);
  std::string content_path(const std::string& id) const { return "contents/" + site_.channel + "/" + id; }
  ports::CopySeen seen(const json& content) const;

  SscmsSite site_;
  std::string site_number_, channel_number_;
};

}  // namespace shide::cms_sscms
