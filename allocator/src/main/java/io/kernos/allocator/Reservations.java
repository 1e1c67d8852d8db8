package io.kernos.allocator;

import java.util.List;

/** What may be done with stacks of reservations. */
final class Reservations {
    private Reservations() {}

    /** Refuses to put one stack in the place of another where more differs, or what differs is not dynamic. */
    static void requireReplaceable(Trait from, Trait to) {
        List<Reservation> old = from.reservations();
        List<Reservation> wanted = to.reservations();
        Trait bare = new Trait(List.of(), from.disk(), from.volumeId(), false, from.isRevocable(), from.providerId());
        Trait wantedBare = new Trait(List.of(), to.disk(), to.volumeId(), false, to.isRevocable(), to.providerId());
        require(from.volumeId() == 0, from, "not be a volume; destroy it first");
        require(bare.equals(wantedBare), to, "differ from " + from + " in its reservations alone");
        int common = 0;
        while (common < Math.min(old.size(), wanted.size()) && old.get(common).equals(wanted.get(common))) {
            common++;
        }
        require(areDynamic(old, common), from, "have only dynamic reservations to be replaced");
        require(
                wanted.size() > common && areDynamic(wanted, common),
                to,
                "have only dynamic reservations in their place");
    }

    private static boolean areDynamic(List<Reservation> stack, int from) {
        for (int i = from; i < stack.size(); i++) {
            if (!stack.get(i).isDynamic()) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean holds, Trait trait, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException("trait=" + trait + " must " + wanted);
        }
    }
}
