import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Writes the class MessageShapes from the schema, so that the check of received messages cannot differ from the codecs.
 * Run by the build from its source; knows of SBE what the schema of Kernos uses, and stops at anything else.
 *
 * <p>Usage: java MessageShapesGenerator.java SCHEMA OUTPUT_FOLDER
 */
final class MessageShapesGenerator {
    private static final Map<String, Integer> SIZES =
            Map.of("uint8", 1, "int8", 1, "uint16", 2, "int16", 2, "uint32", 4, "int32", 4, "uint64", 8, "int64", 8);

    private final Map<String, Element> enums = new TreeMap<>();
    private final Map<String, Element> sets = new TreeMap<>();
    private final int version;
    private final Element schema;

    private MessageShapesGenerator(Document document) {
        schema = document.getDocumentElement();
        version = Integer.parseInt(schema.getAttribute("version"));
        for (Element type : children(children(schema, "types").getFirst(), null)) {
            switch (type.getTagName()) {
                case "enum" -> enums.put(type.getAttribute("name"), type);
                case "set" -> sets.put(type.getAttribute("name"), type);
                default -> {}
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(args[0]).toFile());
        Path file = Path.of(args[1], "io/kernos/transport/MessageShapes.java");
        Files.createDirectories(file.getParent());
        writeIfChanged(file, new MessageShapesGenerator(document).source());
    }

    private static void writeIfChanged(Path file, String source) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(source)) {
            Files.writeString(file, source);
        }
    }

    private String source() {
        StringBuilder out = new StringBuilder("""
            /* Generated from the schema. */
            package io.kernos.transport;

            /** The structure of each message of the schema. */
            @SuppressWarnings("all")
            final class MessageShapes {
                static final MessageShape[] BY_TEMPLATE;

            """);
        enums.forEach((name, type) -> out.append(allowedOf(name, type)));
        int highest = 0;
        StringBuilder rows = new StringBuilder();
        for (Element message : children(schema, "sbe:message")) {
            int id = Integer.parseInt(message.getAttribute("id"));
            highest = Math.max(highest, id);
            rows.append("        BY_TEMPLATE[")
                    .append(id)
                    .append("] = ")
                    .append(message(message))
                    .append(";\n");
        }
        out.append("\n    static {\n        BY_TEMPLATE = new MessageShape[")
                .append(highest + 1)
                .append("];\n");
        return out.append(rows)
                .append("    }\n\n    private MessageShapes() {}\n}\n")
                .toString();
    }

    private static String allowedOf(String name, Element type) {
        int highest = 0;
        StringBuilder out = new StringBuilder();
        for (Element value : children(type, "validValue")) {
            int number = Integer.parseInt(value.getTextContent().trim());
            highest = Math.max(highest, number);
            out.append("        ").append(name).append('[').append(number).append("] = true;\n");
        }
        return "    private static final boolean[] " + name + " = new boolean[" + (highest + 1) + "];\n    static {\n"
                + out + "    }\n";
    }

    private String message(Element message) {
        List<String> groups = new ArrayList<>();
        for (Element group : children(message, "group")) {
            require(children(group, "group").isEmpty(), group, "has a group inside, which the check does not know");
            groups.add("new MessageShape.Group(" + since(group) + ", " + block(group) + ", " + data(group) + ")");
        }
        return "new MessageShape(" + since(message) + ", " + block(message)
                + ",\n            new MessageShape.Group[] {" + String.join(", ", groups) + "}, " + data(message) + ")";
    }

    private String block(Element parent) {
        int offset = 0;
        int[] lengths = new int[version];
        List<String> values = new ArrayList<>();
        for (Element field : children(parent, "field")) {
            require(!field.hasAttribute("offset") && !field.hasAttribute("presence"), field, "has offset or presence");
            String type = field.getAttribute("type");
            int size = sizeOf(field, type);
            if (enums.containsKey(type)) {
                values.add(
                        "new MessageShape.Values(" + offset + ", " + since(field) + ", " + size + ", " + type + ", 0)");
            } else if (sets.containsKey(type)) {
                values.add("new MessageShape.Values(" + offset + ", " + since(field) + ", " + size + ", null, "
                        + maskOf(sets.get(type)) + ")");
            }
            offset += size;
            for (int v = since(field); v <= version; v++) {
                lengths[v - 1] = offset;
            }
        }
        List<String> numbers = new ArrayList<>();
        for (int length : lengths) {
            numbers.add(Integer.toString(length));
        }
        return "new MessageShape.Block(new int[] {" + String.join(", ", numbers) + "}, new MessageShape.Values[] {"
                + String.join(", ", values) + "})";
    }

    private int sizeOf(Element field, String type) {
        Element named = enums.containsKey(type) ? enums.get(type) : sets.get(type);
        Integer size = SIZES.get(named == null ? type : named.getAttribute("encodingType"));
        require(size != null, field, "has the unknown type " + type);
        require(named == null || size <= 2, field, "has an enumeration or set of more than two bytes");
        return size;
    }

    private static int maskOf(Element set) {
        int mask = 0;
        for (Element choice : children(set, "choice")) {
            mask |= 1 << Integer.parseInt(choice.getTextContent().trim());
        }
        return mask;
    }

    private static String data(Element parent) {
        List<String> fields = new ArrayList<>();
        for (Element data : children(parent, "data")) {
            String limit = data.getAttribute("type").equals("varString") ? "MAX_STRING_BYTES" : "MAX_BYTES_BYTES";
            fields.add("new MessageShape.Data(" + since(data) + ", Limits." + limit + ")");
        }
        return "new MessageShape.Data[] {" + String.join(", ", fields) + "}";
    }

    private static int since(Element element) {
        return element.hasAttribute("sinceVersion") ? Integer.parseInt(element.getAttribute("sinceVersion")) : 1;
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

    private static void require(boolean condition, Element element, String problem) {
        if (!condition) {
            String name = element.getAttribute("name");
            throw new IllegalArgumentException(element.getTagName() + " '" + name + "' of the schema " + problem);
        }
    }
}
