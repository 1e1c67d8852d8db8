package io.kernos.master.store;

import java.util.List;

/**
 * An offer that is out.
 *
 * @param offerId     its id.
 * @param frameworkId whom it was made.
 * @param agentId     whose resources they are.
 * @param createdMs   when it was made, in milliseconds since the epoch.
 * @param scalars     amounts of resources.
 * @param ranges      ranges of resources.
 */
public record OfferView(
        long offerId,
        long frameworkId,
        long agentId,
        long createdMs,
        List<ScalarView> scalars,
        List<RangeView> ranges) {}
