package io.genapi.cli.tenant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Where the parts of a YAML text stand in it. */
final class TextPlaces {

    private final String text;

    /** Of each line, its first character's; one more for the end. */
    private final List<Integer> lineStarts = new ArrayList<>(List.of(0));

    TextPlaces(String text) {
        this.text = text;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\n') {
                lineStarts.add(at + 1);
            }
        }
    }

    int start(Node node) {
        return offset(node.getStartMark().orElseThrow());
    }

    int end(Node node) {
        return offset(node.getEndMark().orElseThrow());
    }

    private int offset(Mark mark) {
        return text.offsetByCodePoints(lineStarts.get(mark.getLine()), mark.getColumn());
    }

    int startOfLine(Node node) {
        return lineStarts.get(node.getStartMark().orElseThrow().getLine());
    }

    /** The beginning of the line behind the one that a node ends on, or the end of the text. */
    int behindLine(Node node) {
        return behindLine(lastLine(node));
    }

    int behindLine(int line) {
        return line + 1 < lineStarts.size() ? lineStarts.get(line + 1) : text.length();
    }

    /** A block's own end mark is where the next thing begins, behind comments that may be that thing's. */
    private static int lastLine(Node node) {
        return switch (node) {
            case MappingNode mapping
            when isBlock(mapping) ->
                Math.max(
                        lastLine(mapping.getValue().getLast().getKeyNode()),
                        lastLine(mapping.getValue().getLast().getValueNode()));
            case SequenceNode sequence
            when isBlock(sequence) -> lastLine(sequence.getValue().getLast());
            default -> node.getEndMark().orElseThrow().getLine();
        };
    }

    static int column(Node node) {
        return node.getStartMark().orElseThrow().getColumn();
    }

    static boolean isBlock(CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.BLOCK && !node.getValue().isEmpty();
    }

    /** A key without a value, or with one that says that there is none. */
    static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    static Optional<NodeTuple> entry(Node mapping, String key) {
        return mapping instanceof MappingNode known
                ? known.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                                && name.getValue().equals(key))
                        .findFirst()
                : Optional.empty();
    }
}
