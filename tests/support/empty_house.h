// Everything the core needs, in memory, with nobody in it yet: what a fresh installation looks like to the verbs.
//
//     EmptyHouse house(time_of(*make_date(2021, 1, 13), 9));
//     auto token = workflow::offer_setup(house.ports);
#pragma once

#include <memory>

#include "ports/ports.h"
#include "support/fake_photo_reader.h"
#include "support/fixed_clock.h"
#include "support/memory_photo_vault.h"
#include "support/memory_store.h"
#include "support/plain_documents.h"
#include "support/plain_seal.h"
#include "support/quick_cipher.h"

namespace shide::testing {

class EmptyHouse {
 public:
  explicit EmptyHouse(Time now) {
    clock = place<FixedClock>(ports.clock, now);
    store = place<MemoryStore>(ports.store, *clock);
    cipher = place<QuickCipher>(ports.cipher);
    ports.photo_reader = std::make_unique<FakePhotoReader>();
    ports.photo_vault = std::make_unique<MemoryPhotoVault>();
    ports.publisher = std::make_unique<ports::NullPublisher>();
    seal = place<PlainSeal>(ports.seal);
    ports.documents = std::make_unique<PlainDocuments>();
  }

  ports::Ports ports;
  FixedClock* clock = nullptr;    // owned by ports
  MemoryStore* store = nullptr;   // owned by ports
  QuickCipher* cipher = nullptr;  // owned by ports
  PlainSeal* seal = nullptr;      // owned by ports

 private:
  template <class T, class Port, class... Arguments>
  static T* place(std::unique_ptr<Port>& port, Arguments&&... arguments) {
    auto made = std::make_unique<T>(std::forward<Arguments>(arguments)...);
    T* kept = made.get();
    port = std::move(made);
    return kept;
  }
};

}  // namespace shide::testing
