// Everything the core needs from outside, filled by adapters/assembly (or by a test).
#pragma once

#include <array>
#include <memory>
#include <random>
#include <string_view>
#include <vector>

#include "base/chance.h"
#include "base/time.h"
#include "ports/cipher.h"
#include "ports/directory.h"
#include "ports/documents.h"
#include "ports/photo_reader.h"
#include "ports/photo_vault.h"
#include "ports/public_host.h"
#include "ports/publisher.h"
#include "ports/seal.h"
#include "ports/store.h"
#include "ports/theme.h"

namespace shide::ports {

/// identity.second_factor: whether a code of the phone is asked for after the password, and whether those who see much must have one.
enum class SecondFactorPolicy { kOff, kOffered, kRequired };
constexpr auto codes(SecondFactorPolicy) { return std::to_array<std::string_view>({"off", "offered", "required"}); }

/// Owns its parts; all are safe to use from any thread.
struct Ports {
  std::unique_ptr<Clock> clock;
  std::unique_ptr<Chance> chance = std::make_unique<Chance>(std::random_device{}());
  std::unique_ptr<FieldCipher> field_cipher;  // before the store, which uses it
  std::unique_ptr<Store> store;
  std::unique_ptr<Cipher> cipher;
  std::unique_ptr<PhotoReader> photo_reader;
  std::unique_ptr<PhotoVault> photo_vault;
  std::unique_ptr<Publisher> publisher;
  std::vector<std::unique_ptr<PublicHost>> public_hosts;  // all that are looked at for leaks
  std::unique_ptr<Documents> documents;
  std::unique_ptr<Directory> directory = std::make_unique<NullDirectory>();
  std::unique_ptr<Seal> seal;
  std::unique_ptr<Deposit> deposit = std::make_unique<NullDeposit>();
  std::unique_ptr<Theme> theme = std::make_unique<NullTheme>();
  SecondFactorPolicy second_factor = SecondFactorPolicy::kOffered;
};

}  // namespace shide::ports
