import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/** One node of OpenSearch on loopback, until its standard input ends: Engine.java FOLDER PORT. */
public class Engine extends Node {
    private Engine(Settings settings) {
        super(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "engine"),
            List.of(Netty4Plugin.class, MapperExtrasPlugin.class),
            false);
    }

    public static void main(String[] words) throws Exception {
        Engine engine = new Engine(
            Settings.builder()
                .put("path.home", words[0])
                .put("http.port", words[1])
                .put("transport.port", "0")
                .put("network.host", "127.0.0.1")
                .put("http.type", "netty4")
                .put("transport.type", "netty4")
                .put("discovery.type", "single-node")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build());
        engine.start();
        while (System.in.read() >= 0) {}
        engine.close();
    }
}
