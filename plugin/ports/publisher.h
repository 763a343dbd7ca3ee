// Puts a copy of a post on a site outside our own section. The school may not disclose a pupil's visit (conduct rule 10), so the
// only thing that can pass is a ClearedPost, which privacy/clearance.h alone can make from redacted text and a reviewer's Approval.
//
//     auto seen = publisher.publish(cleared, "", Existing::kKeep);      seen->standing -> kPublic   seen->reference -> "217"
//     if (auto* error = seen.if_error()) return error->code == ErrorCode::kUnavailable ? rest_and_retry() : retry_later();
//
// A post has one copy there, under a name made from its id: publish looks for it before it makes one, makes it hidden, and shows it
// only then, so that an answer lost on the way never becomes a second copy. Every call may be repeated. Any thread; bounded in time
// and size, but slow: for jobs, never in a request that a visitor waits for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/cleared_post.h"

namespace shide::ports {

/// kHidden: a draft, or in that site's bin; no visitor sees it.
enum class Standing { kNothing, kHidden, kPublic };

/// What stands there now.
struct CopySeen {
  Standing standing = Standing::kNothing;
  std::string reference;  // its id in the other site's words
  std::string address;    // where a reader opens it
  std::string digest;     // copy_digest of what stands there
  std::optional<std::int64_t> views;
};

/// What to do with a copy that is public already: kKeep leaves it as it stands, whatever somebody made of it.
enum class Existing { kKeep, kReplace };

/// A copy as it is asked for: by the id it had there, if that is known, and else by the name made from the post's id.
struct CopyKey {
  Id<model::Post> post;
  std::string reference = {};
};

class Publisher {
 public:
  virtual ~Publisher() = default;
  /// A short word, kept with each copy: "wordpress". Empty: there is no other site.
  virtual std::string host() const = 0;
  /// kUnavailable when there was no answer: whether it was done is not known. Other errors are the site's refusal, and tell why in
  /// a sentence without arguments.
  virtual Result<CopySeen> publish(const model::ClearedPost& post, const std::string& reference, Existing existing) = 0;
  /// Puts a public copy where the post's shelf belongs there, and leaves its words as somebody may have changed them. Does nothing where
  /// none is public, and where that site has one place for all. Errors as above.
  virtual Result<CopySeen> move(const model::ClearedPost& post, const std::string& reference) = 0;
  /// Takes away for good whatever stands there of that post, hidden or not. Succeeds too when nothing does. Errors as above.
  virtual Result<void> withdraw(const CopyKey& key) = 0;
  /// Changes nothing. Errors as above.
  virtual Result<CopySeen> look(const CopyKey& key) = 0;
  /// Asks the site whether it would take a post; what is wrong and what to do, or an empty phrase. kUnavailable as above.
  virtual Result<Phrase> advice() = 0;
};

/// No other site: the section itself, served from our store, is the only place. Does nothing, on purpose.
class NullPublisher : public Publisher {
 public:
  std::string host() const override { return {}; }
  Result<CopySeen> publish(const model::ClearedPost&, const std::string&, Existing) override { return CopySeen{}; }
  Result<CopySeen> move(const model::ClearedPost&, const std::string&) override { return CopySeen{}; }
  Result<void> withdraw(const CopyKey&) override { return {}; }
  Result<CopySeen> look(const CopyKey&) override { return CopySeen{}; }
  Result<Phrase> advice() override { return Phrase{}; }
};

/// The name under which a post stands elsewhere: "shide-018f...".
std::string copy_name(const Id<model::Post>& post);

/// The post as plain tags every editor takes: the first words, then the paragraphs.
std::string post_html(const model::Post& post);

/// What other sites get: post_html, and a last line with source and publisher (S6, S7), since not every site has boxes for them.
std::string copy_html(const model::Post& post);

/// SHA-256 of what a reader gets of a copy: words, links and what the source hides, whatever became of blanks and tags on the way.
/// `title` is text, `html` markup.
std::string copy_digest(std::string_view title, std::string_view html);

}  // namespace shide::ports
