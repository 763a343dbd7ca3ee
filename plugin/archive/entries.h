// Which archive entries a finished visit gives (S79, S80). Pure: the same visit always gives the same entries.
//
//     entries_of(visit, teacher)  ->  one for the ethics archive, one for the professional archive: month, mode, own part;
//                                     no class, category, demand or child (contracts.md)
//
// The entries of one teacher's archive form a chain: each holds the hash of the one before, so that an edit, a removal or a
// swap is found by `chain_breaks`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/archive.h"
#include "model/campaign.h"
#include "model/visit.h"

namespace shide::archive {

struct FinishedVisit {
  Id<model::Visit> id;
  std::string campaign_title;
  std::string school_year;
  Time visited_at;
  model::VisitMode mode = model::VisitMode::kHome;
};

/// Two entries without id, sequence and hashes: see `append`. `homeroom` tells the own part.
std::vector<model::ArchiveEntry> entries_of(const FinishedVisit& visit, const model::Teacher& teacher, bool homeroom);

/// Puts `entry` behind the last one of its teacher's archive (or at its beginning) and seals it.
void append(model::ArchiveEntry& entry, const std::optional<model::ArchiveEntry>& last);

/// The hash that `entry` must have.
std::string hash_of(const model::ArchiveEntry& entry);

/// Sequence numbers, in one teacher's archive in order, at which the chain does not hold.
std::vector<std::int64_t> chain_breaks(const std::vector<model::ArchiveEntry>& entries);

}  // namespace shide::archive
