package io.kernos.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A sound message of each template, written byte by byte as the schema says: integers are 7, enumerations have their
 * last value, sets are empty, each group has two entries, each variable-length field says "text".
 */
final class SampleMessages {
    private static final Path SCHEMA = Path.of("src/main/sbe/kernos.xml");
    private static final int ENTRIES = 2;
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

    private final Element schema;
    private final Map<String, Element> types = new HashMap<>();

    private SampleMessages() throws Exception {
        schema = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(SCHEMA.toFile())
                .getDocumentElement();
        for (Element type : children(children(schema, "types").getFirst(), null)) {
            types.put(type.getAttribute("name"), type);
        }
    }

    /** Messages by their names. */
    static Map<String, byte[]> all() throws Exception {
        SampleMessages samples = new SampleMessages();
        Map<String, byte[]> messages = new LinkedHashMap<>();
        for (Element message : children(samples.schema, "sbe:message")) {
            messages.put(message.getAttribute("name"), samples.message(message));
        }
        return messages;
    }

    private byte[] message(Element message) {
        byte[] block = block(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, block.length, 2);
        put(out, number(message, "id"), 2);
        put(out, number(schema, "id"), 2);
        put(out, number(schema, "version"), 2);
        out.writeBytes(block);
        children(message, "group").forEach(group -> out.writeBytes(group(group)));
        children(message, "data").forEach(data -> out.writeBytes(text()));
        return out.toByteArray();
    }

    private byte[] group(Element group) {
        byte[] block = block(group);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, block.length, 2);
        put(out, ENTRIES, 2);
        for (int i = 0; i < ENTRIES; i++) {
            out.writeBytes(block);
            children(group, "data").forEach(data -> out.writeBytes(text()));
        }
        return out.toByteArray();
    }

    private byte[] block(Element parent) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Element field : children(parent, "field")) {
            Element type = types.get(field.getAttribute("type"));
            String primitive = type == null ? field.getAttribute("type") : type.getAttribute("encodingType");
            put(out, valueOf(type), Integer.parseInt(primitive.replaceAll("u?int", "")) / 8);
        }
        return out.toByteArray();
    }

    private static int valueOf(Element type) {
        if (type == null) {
            return 7;
        }
        List<Element> values = children(type, "validValue");
        return values.isEmpty() ? 0 : Integer.parseInt(values.getLast().getTextContent());
    }

    private static byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, TEXT.length, 2);
        out.writeBytes(TEXT);
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, long value, int bytes) {
        byte[] all = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(all, 0, bytes);
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static List<Element> children(Element parent, String tag) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && (tag == null || element.getTagName().equals(tag))) {
                found.add(element);
            }
        }
        return found;
    }
}
