package io.genapi.cli.tenant;

import static io.genapi.cli.tenant.TextPlaces.column;
import static io.genapi.cli.tenant.TextPlaces.entry;
import static io.genapi.cli.tenant.TextPlaces.isBlock;
import static io.genapi.cli.tenant.TextPlaces.isEmpty;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A catalog as somebody wrote it, with a tenant's key put in or taken out and not another character changed. What comes
 * out is to be read again before it is trusted: a text that is laid out in a way nobody thought of may come out wrong.
 */
final class CatalogText {

    private static final String TENANTS = "tenants";
    private static final String KEYS = "keys";

    private final String text;
    private final TextPlaces places;
    private final Node root;

    /** @param text a catalog that can be read */
    CatalogText(String text) {
        this.text = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        this.places = new TextPlaces(this.text);
        this.root = new Compose(LoadSettings.builder().build())
                .composeString(this.text)
                .orElseThrow(() -> new IllegalArgumentException("an empty catalog cannot be read"));
    }

    /** @param key as an entry of a list, in braces */
    String with(String tenant, String key) {
        Optional<NodeTuple> tenants = entry(root, TENANTS);
        if (tenants.isEmpty()) {
            return text + "\n" + TENANTS + ":\n" + lines(2, tenant + ":", "  " + KEYS + ":", "    - " + key);
        }
        Node all = tenants.get().getValueNode();
        Optional<NodeTuple> one = entry(all, tenant);
        if (one.isPresent()) {
            return withKey(one.get(), key);
        }
        if (all instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
            return isBlock(mapping)
                    ? inserted(
                            places.behindLine(mapping),
                            lines(column(mapping), tenant + ":", "  " + KEYS + ":", "    - " + key))
                    : inserted(places.start(mapping) + 1, " " + tenant + ": { " + KEYS + ": [" + key + "] },");
        }
        return replaced(
                tenants.get(),
                lines(column(tenants.get().getKeyNode()) + 2, tenant + ":", "  " + KEYS + ":", "    - " + key));
    }

    private String withKey(NodeTuple tenant, String key) {
        Node value = tenant.getValueNode();
        Optional<NodeTuple> keys = entry(value, KEYS);
        if (keys.isPresent()) {
            return inList(keys.get(), key);
        }
        if (value instanceof MappingNode mapping && isBlock(mapping)) {
            return inserted(places.startOfLine(mapping), lines(column(mapping), KEYS + ":", "  - " + key));
        }
        if (value instanceof MappingNode flow) {
            String end = flow.getValue().isEmpty() ? "] " : "],";
            return inserted(places.start(flow) + 1, " " + KEYS + ": [" + key + end);
        }
        return replaced(tenant, lines(column(tenant.getKeyNode()) + 2, KEYS + ":", "  - " + key));
    }

    private String inList(NodeTuple keys, String key) {
        if (keys.getValueNode() instanceof SequenceNode list && !list.getValue().isEmpty()) {
            return isBlock(list)
                    ? inserted(places.behindLine(list), lines(column(list), "- " + key))
                    : inserted(places.end(list.getValue().getLast()), ", " + key);
        }
        return isInBraces(keys)
                ? text.substring(0, places.start(keys.getValueNode())) + "[" + key + "]"
                        + text.substring(places.end(keys.getValueNode()))
                : replaced(keys, lines(column(keys.getKeyNode()) + 2, "- " + key));
    }

    /** Something stands before the key on its line. */
    private boolean isInBraces(NodeTuple entry) {
        return !text.substring(places.startOfLine(entry.getKeyNode()), places.start(entry.getKeyNode()))
                .isBlank();
    }

    /** The key that is known to be there. */
    String without(String tenant, String name) {
        NodeTuple keys = entry(root, TENANTS)
                .flatMap(tenants -> entry(tenants.getValueNode(), tenant))
                .flatMap(one -> entry(one.getValueNode(), KEYS))
                .orElseThrow(() -> new IllegalArgumentException("a key that can be read is in a list"));
        SequenceNode list = (SequenceNode) keys.getValueNode();
        List<Node> items = list.getValue();
        int at = 0;
        while (!isNamed(items.get(at), name)) {
            at++;
        }
        if (items.size() == 1) {
            int behindKeys = places.end(keys.getKeyNode()) + 1;
            return isBlock(list)
                    ? text.substring(0, behindKeys) + " []" + text.substring(behindKeys, places.startOfLine(list))
                            + text.substring(places.behindLine(list))
                    : cut(places.start(items.getFirst()), places.end(items.getFirst()));
        }
        if (isBlock(list)) {
            return cut(places.startOfLine(items.get(at)), places.behindLine(items.get(at)));
        }
        return at == 0
                ? cut(places.start(items.getFirst()), places.start(items.get(1)))
                : cut(places.end(items.get(at - 1)), places.end(items.get(at)));
    }

    private static boolean isNamed(Node item, String name) {
        return entry(item, "name")
                .map(NodeTuple::getValueNode)
                .filter(value ->
                        value instanceof ScalarNode scalar && scalar.getValue().equals(name))
                .isPresent();
    }

    private String cut(int from, int to) {
        return text.substring(0, from) + text.substring(to);
    }

    private String inserted(int at, String what) {
        return text.substring(0, at) + what + text.substring(at);
    }

    /** An entry that has no value, or an empty one, gets these lines; a comment beside it stays. */
    private String replaced(NodeTuple entry, String lines) {
        Node key = entry.getKeyNode();
        Node value = entry.getValueNode();
        int behindKey = places.end(key) + 1;
        int behindValue = isEmpty(value) && places.end(value) < behindKey ? behindKey : places.end(value);
        int lineEnd = text.indexOf('\n', behindValue);
        String comment = text.substring(behindValue, lineEnd);
        return text.substring(0, behindKey) + (comment.isBlank() ? "" : comment) + "\n" + lines
                + text.substring(lineEnd + 1);
    }

    private static String lines(int indentation, String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(" ".repeat(indentation)).append(line).append('\n');
        }
        return text.toString();
    }
}
