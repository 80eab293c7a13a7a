/** Pod Security "restricted" (kubernetes.io/docs/concepts/security/pod-security-standards), for the fields that we use. */
interface Container {
  readonly name: string;
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly privileged?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
  };
  readonly [field: string]: unknown;
}
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly securityContext?: {
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly seccompProfile?: { readonly type?: string };
  };
  readonly [field: string]: unknown;
}

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const containerFaults = ({ name, ports = [], securityContext: own = {} }: Container, pod: PodSpec): string[] => {
  const nonRoot = own.runAsNonRoot ?? pod.securityContext?.runAsNonRoot;
  const user = own.runAsUser ?? pod.securityContext?.runAsUser;
  const added = (own.capabilities?.add ?? []).filter((capability) => capability !== 'NET_BIND_SERVICE');
  const faults: [boolean, string][] = [
    [own.allowPrivilegeEscalation !== false, 'allowPrivilegeEscalation is not false'],
    [own.privileged === true, 'it is privileged'],
    [nonRoot !== true, 'runAsNonRoot is not true'],
    [!user, 'it runs as root, or as nobody knows whom'],
    [!own.capabilities?.drop?.includes('ALL'), 'capabilities are not all dropped'],
    [added.length > 0, `capabilities are added: ${added.join(', ')}`],
    [ports.some(({ hostPort }) => hostPort !== undefined), 'it takes a port of its node'],
  ];
  return faults.filter(([broken]) => broken).map(([, fault]) => `${name}: ${fault}`);
};

/** Why a pod is refused where "restricted" is enforced; nothing when it is admitted. */
export const restricted = (pod: PodSpec): string[] => {
  const { type } = pod.securityContext?.seccompProfile ?? {};
  const foreign = (pod.volumes ?? []).filter((volume) => !VOLUMES.some((kind) => kind in volume));
  const faults: [boolean, string][] = [
    [pod.hostNetwork === true || pod.hostPID === true || pod.hostIPC === true, 'it shares a namespace of its node'],
    [type !== 'RuntimeDefault' && type !== 'Localhost', 'it has no seccomp profile'],
    [foreign.length > 0, 'it mounts a kind of volume that is not allowed'],
  ];
  return [
    ...faults.filter(([broken]) => broken).map(([, fault]) => fault),
    ...[...(pod.initContainers ?? []), ...pod.containers].flatMap((container) => containerFaults(container, pod)),
  ];
};
