package io.kernos.transport;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The masters of a cluster, each by the endpoint of its ingress: {@code host:port}, separated by commas, in the order
 * of their member ids from 0. A member takes five ports in a row from the one named.
 */
public final class MemberList {
    /** The one master of a cluster on one machine. */
    public static final String DEFAULT = "localhost:7700";

    /** Most masters of a cluster. */
    public static final int MAX_MEMBERS = 5;

    /** How many ports in a row a member takes. */
    public static final int PORTS_PER_MEMBER = 5;

    private static final int CONSENSUS = 1;
    private static final int LOG = 2;
    private static final int CATCHUP = 3;
    private static final int ARCHIVE = 4;
    private static final int MAX_BASE_PORT = 65_535 - PORTS_PER_MEMBER + 1;

    private final List<Endpoint> members;

    private MemberList(List<Endpoint> members) {
        this.members = List.copyOf(members);
    }

    /**
     * Read a list of members.
     *
     * @param setting its name, for the error.
     * @param text such as {@code a:7700,b:7700,c:7700}.
     * @return the list.
     * @throws SettingException when it is none, which says why.
     */
    public static MemberList of(String setting, String text) {
        SettingException.check(text != null && !text.isBlank(), setting, text, "name at least one master as host:port");
        List<Endpoint> members = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            members.add(Endpoint.of(setting, part.strip()));
        }
        SettingException.check(members.size() <= MAX_MEMBERS, setting, text, "name at most 5 masters");
        check(setting, text, members);
        return new MemberList(members);
    }

    private static void check(String setting, String text, List<Endpoint> members) {
        Set<Endpoint> taken = new HashSet<>();
        for (Endpoint member : members) {
            boolean inRange = member.port() > 0 && member.port() <= MAX_BASE_PORT;
            SettingException.check(inRange, setting, text, "a master takes five ports in a row: use 1 to 65531");
            for (int i = 0; i < PORTS_PER_MEMBER; i++) {
                boolean free = taken.add(new Endpoint(member.host(), member.port() + i));
                SettingException.check(free, setting, text, "masters of one host need ports at least five apart");
            }
        }
    }

    /**
     * How many members there are.
     *
     * @return 1 to 5.
     */
    public int size() {
        return members.size();
    }

    /**
     * Ingress endpoint of a member.
     *
     * @param memberId from 0.
     * @return the endpoint.
     */
    public Endpoint ingress(int memberId) {
        return members.get(memberId);
    }

    /**
     * Endpoint at which a member's archive takes requests.
     *
     * @param memberId from 0.
     * @return the endpoint.
     */
    public Endpoint archive(int memberId) {
        return at(members.get(memberId), ARCHIVE);
    }

    /**
     * The members as Aeron Cluster's clients want them.
     *
     * @return such as {@code 0=a:7700,1=b:7700}.
     */
    public String ingressEndpoints() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < members.size(); i++) {
            out.append(i == 0 ? "" : ",").append(i).append('=').append(members.get(i));
        }
        return out.toString();
    }

    /**
     * The members as Aeron Cluster's consensus module wants them.
     *
     * @return members separated by bars, each with its id and five endpoints.
     */
    public String clusterMembers() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < members.size(); i++) {
            Endpoint member = members.get(i);
            out.append(i == 0 ? "" : "|").append(i).append(',').append(member);
            for (int port : new int[] {CONSENSUS, LOG, CATCHUP, ARCHIVE}) {
                out.append(',').append(at(member, port));
            }
        }
        return out.toString();
    }

    private static Endpoint at(Endpoint member, int offset) {
        return new Endpoint(member.host(), member.port() + offset);
    }
}
