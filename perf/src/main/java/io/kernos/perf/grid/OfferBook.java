package io.kernos.perf.grid;

import io.kernos.allocator.Allocator;
import io.kernos.allocator.Resources;
import java.util.Arrays;

/** The offers that frameworks have, as a master keeps them: in a slab that makes no garbage once it has grown. */
final class OfferBook {
    private int[] frameworks = new int[0];
    private int[] agents = new int[0];
    private Resources[] granted = new Resources[0];
    private final Resources taken = new Resources();
    private int takenFramework;
    private int takenAgent;
    private int size;

    int size() {
        return size;
    }

    void add(int framework, int agent, Resources resources) {
        if (size == frameworks.length) {
            grow();
        }
        frameworks[size] = framework;
        agents[size] = agent;
        granted[size].copyFrom(resources);
        size++;
    }

    /** Gives an offer back; another takes its place in the book. */
    void giveBack(int offer, Allocator allocator) {
        allocator.grants().recoverOffered(agents[offer], frameworks[offer], granted[offer]);
        forget(offer);
    }

    /** Takes an offer out of the book, to be given back. */
    void take(int offer) {
        takenFramework = frameworks[offer];
        takenAgent = agents[offer];
        taken.copyFrom(granted[offer]);
        forget(offer);
    }

    void giveTakenBack(Allocator allocator) {
        allocator.grants().recoverOffered(takenAgent, takenFramework, taken);
    }

    /** Gives an offer back and does not want the like for a time. */
    void decline(int offer, long untilMs, Allocator allocator) {
        allocator.filters().add(frameworks[offer], agents[offer], granted[offer], untilMs);
        giveBack(offer, allocator);
    }

    void giveBackAll(Allocator allocator) {
        for (int offer = 0; offer < size; offer++) {
            allocator.grants().recoverOffered(agents[offer], frameworks[offer], granted[offer]);
        }
        size = 0;
    }

    void declineAll(long untilMs, Allocator allocator) {
        for (int offer = 0; offer < size; offer++) {
            allocator.filters().add(frameworks[offer], agents[offer], granted[offer], untilMs);
            allocator.grants().recoverOffered(agents[offer], frameworks[offer], granted[offer]);
        }
        size = 0;
    }

    private void forget(int offer) {
        size--;
        Resources free = granted[offer];
        frameworks[offer] = frameworks[size];
        agents[offer] = agents[size];
        granted[offer] = granted[size];
        granted[size] = free;
    }

    private void grow() {
        int room = Math.max(1_024, 2 * size);
        frameworks = Arrays.copyOf(frameworks, room);
        agents = Arrays.copyOf(agents, room);
        granted = Arrays.copyOf(granted, room);
        for (int offer = size; offer < room; offer++) {
            granted[offer] = withRoom();
        }
    }

    /** What is offered may have ranges: a book that has grown needs nothing for them later. */
    private static Resources withRoom() {
        Resources resources = new Resources();
        resources.copyFrom(OfferCluster.MACHINE);
        resources.clear();
        return resources;
    }
}
