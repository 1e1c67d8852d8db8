package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {
    private record Item(String name, int size) {}

    private final Listing<Item> listing = new Listing<Item>()
            .column("NAME", Item::name)
            .number("SIZE", Item::size)
            .field("name", Item::name)
            .field("size", Item::size);

    @Test
    void shouldAlignColumnsForPeople() {
        assertEquals("NAME    SIZE\nlonger     5\nb       1234\n", print(false));
    }

    @Test
    void shouldWriteOneObjectALineForPrograms() {
        assertEquals("{\"name\":\"longer\",\"size\":5}\n{\"name\":\"b\",\"size\":1234}\n", print(true));
    }

    @Test
    void shouldNotLetATextMoveTheCursor() {
        StringWriter out = new StringWriter();
        listing.print(new PrintWriter(out), List.of(new Item("a\u001b[2Jb\n", 1)), false);
        assertEquals("NAME     SIZE\na?[2Jb?     1\n", out.toString());
    }

    private String print(boolean json) {
        StringWriter out = new StringWriter();
        listing.print(new PrintWriter(out), List.of(new Item("longer", 5), new Item("b", 1234)), json);
        return out.toString();
    }
}
