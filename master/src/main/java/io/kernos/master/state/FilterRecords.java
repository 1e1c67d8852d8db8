package io.kernos.master.state;

import io.kernos.allocator.Allocator;
import io.kernos.allocator.RangeSet;
import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;
import io.kernos.transport.codecs.FilterRecordDecoder;
import io.kernos.transport.codecs.FilterRecordEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The filters of a snapshot. One with more intervals than a record holds takes several, one after the other. */
final class FilterRecords {
    /** Most intervals of one record. */
    static final int MAX_INTERVALS = 1024;

    /** A filter; its resources are a copy. */
    record Filter(int frameworkIndex, int agentIndex, long untilMs, Resources refused) {}

    private FilterRecords() {}

    /** All filters, in an order that is the same on every member. */
    static List<Filter> of(Allocator allocator) {
        List<Filter> filters = new ArrayList<>();
        allocator.filters().forEach((frameworkIndex, agentIndex, refused, untilMs) -> {
            Resources copy = new Resources();
            copy.copyFrom(refused);
            filters.add(new Filter(frameworkIndex, agentIndex, untilMs, copy));
        });
        filters.sort(Comparator.comparingInt(Filter::frameworkIndex)
                .thenComparingInt(Filter::agentIndex)
                .thenComparingLong(Filter::untilMs)
                .thenComparing(filter -> filter.refused().toString()));
        return filters;
    }

    /** Writes what was refused, of the intervals those from a number on; how many it wrote. */
    static int encode(FilterRecordEncoder into, Resources refused, int fromInterval) {
        int intervals = ResourceCodec.intervalCount(refused);
        int some = Math.min(MAX_INTERVALS, intervals - fromInterval);
        into.intervalsToFollow(intervals - fromInterval - some);
        int scalars = fromInterval == 0 ? ResourceCodec.scalarCount(refused) : 0;
        encodeScalars(into.scalarsCount(scalars), scalars, refused);
        encodeIntervals(into.rangesCount(some), refused, fromInterval, some);
        return some;
    }

    /** Adds what a record holds. */
    static void decode(FilterRecordDecoder from, Resources refused) {
        FilterRecordDecoder.ScalarsDecoder scalars = from.scalars();
        while (scalars.hasNext()) {
            scalars.next();
            refused.scalar(scalars.kind(), scalars.amount());
        }
        FilterRecordDecoder.RangesDecoder ranges = from.ranges();
        while (ranges.hasNext()) {
            ranges.next();
            refused.addRange(ranges.kind(), ranges.begin(), ranges.end());
        }
    }

    private static void encodeScalars(FilterRecordEncoder.ScalarsEncoder scalars, int count, Resources refused) {
        for (int kind = 0; count > 0 && kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (refused.scalar(kind) != 0) {
                scalars.next().kind(kind).amount(refused.scalar(kind));
            }
        }
    }

    private static void encodeIntervals(
            FilterRecordEncoder.RangesEncoder ranges, Resources refused, int from, int some) {
        int at = 0;
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            RangeSet range = refused.range(kind);
            for (int i = 0; i < range.intervals(); i++, at++) {
                if (at >= from && at < from + some) {
                    ranges.next().kind(kind).begin(range.begin(i)).end(range.end(i));
                }
            }
        }
    }
}
