package io.kernos.allocator;

/** What speaks against a quota; the first that holds. All but {@link #GUARANTEE_ABOVE_LIMIT} can be overruled. */
public enum QuotaProblem {
    /** Nothing does. */
    NONE,
    /** The role would be sure to get more than it may have. */
    GUARANTEE_ABOVE_LIMIT,
    /** The role has more already than the limit. */
    LIMIT_BELOW_CONSUMPTION,
    /** The guarantee is higher than the limit of a role above, or the limit lower than the guarantee of one below. */
    GUARANTEE_ABOVE_LIMIT_IN_TREE,
    /** A role with a guarantee would guarantee less than the roles right below it together. */
    GUARANTEES_ABOVE_PARENT,
    /** All roles at the top would be guaranteed more together than the cluster has. */
    GUARANTEES_ABOVE_CLUSTER
}
