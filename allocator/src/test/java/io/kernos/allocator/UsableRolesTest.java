package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsableRolesTest {
    @Test
    void shouldLetEveryRoleBeUsedWhenThereIsNoList() {
        assertEquals(RoleVerdict.USABLE, mayBeUsed(null, "any"));
    }

    @Test
    void shouldRefuseARoleThatIsNotListedAlsoBelowOneThatIs() {
        Set<String> listed = Set.of("eng", "ops");
        assertEquals(RoleVerdict.USABLE, mayBeUsed(listed, "ops"));
        assertEquals(RoleVerdict.NOT_LISTED, mayBeUsed(listed, "sales"));
        assertEquals(RoleVerdict.NOT_LISTED, mayBeUsed(listed, "eng/web"));
    }

    @Test
    void shouldLetTheDefaultRoleBeUsedWhenNothingIsListed() {
        assertEquals(RoleVerdict.USABLE, mayBeUsed(Set.of(), AllocatorContext.DEFAULT_ROLE));
        assertEquals(RoleVerdict.NOT_LISTED, mayBeUsed(Set.of(), "eng"));
    }

    @Test
    void shouldKeepTheListAsItWasWhenTheCallerChangesIt() {
        Set<String> listed = new HashSet<>(Set.of("eng"));
        Allocator allocator = newAllocator(listed);
        listed.add("ops");
        assertEquals(RoleVerdict.NOT_LISTED, allocator.roles().mayBeUsed("ops"));
    }

    private static RoleVerdict mayBeUsed(Set<String> listed, String name) {
        return newAllocator(listed).roles().mayBeUsed(name);
    }

    private static Allocator newAllocator(Set<String> listed) {
        return new Allocator(new AllocatorContext().handler(new Decisions()).usableRoles(listed));
    }
}
