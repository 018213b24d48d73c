import type { Text } from '../../../shared/text.ts';

/** What no document that we know says, and what the stand-in does in its place. */
export const assumptions: readonly Text[] = [
  {
    en: 'Checks come in this order: method, content type, size, action, version, region, signature, rate, JSON, members, and then what the action itself demands; of wrong members one is named, missing ones first',
    zh: '检查顺序：请求方法、Content-Type、大小、接口名、版本、地域、签名、频率、JSON、字段、业务；字段错误一次只报一处，缺失最先',
  },
  {
    en: 'A body may have 80 MB: TC3 is documented for 10 MB, a zip for 50 MB, and the two contradict each other',
    zh: '请求体上限为 80 MB：TC3 文档为 10 MB，zip 为 50 MB，两者矛盾',
  },
  {
    en: 'A credential scope of the service `scf` is right, and so is one of the first label of the host, which is what the official SDK signs for another endpoint',
    zh: '凭证范围中的服务须为 scf，或官方 SDK 按自定义域名首段生成的值',
  },
  {
    en: 'The rate is counted per SecretId and action, and no second may have more than the limit, wherever it begins',
    zh: '频率按密钥与接口计数，任意一秒内不超过上限',
  },
  {
    en: 'While a function is `Creating`, `Updating` or `Deleting`, actions that change it are refused with the code of the action, as listed below; reading is not refused. A failed update can be followed by another, a failed creation cannot',
    zh: '函数处于 Creating、Updating、Deleting 时，修改类接口按下表错误码拒绝，读取不受影响；更新失败后可再次更新，创建失败后不可',
  },
  {
    en: 'An update shows in `GetFunction` when it has come to its end; until then the old code answers Function URLs and timers, while `Invoke` is refused',
    zh: '更新完成前 GetFunction 返回旧值，函数 URL 与定时器运行旧代码，Invoke 被拒绝',
  },
  {
    en: 'Publishing concerns the version alone: `$LATEST` stays active, and no other version can be published until it is done',
    zh: '发布只影响该版本：$LATEST 保持 Active，但期间不能再次发布',
  },
  {
    en: 'An empty list of variables changes nothing; a single variable whose key and value are empty takes all away; bytes of keys and values together are counted',
    zh: '变量列表为空即不修改；单个键值均为空的变量即清空；大小按键与值的字节数合计',
  },
  {
    en: 'A timer takes the bare expression of seven fields only, not the JSON that it is answered as; the old form of five fields is refused',
    zh: '定时器只接受 7 段的裸表达式，不接受返回值中的 JSON；旧的 5 段写法被拒绝',
  },
  {
    en: 'A trigger is open unless it is created with `CLOSE`; its name has at most 60 characters',
    zh: '未填 Enable 即开启；触发器名称至多 60 个字符',
  },
  {
    en: 'A Function URL that is closed or has no public access answers 403; one of `AuthType` CAM answers 401 to every caller',
    zh: '关闭或未开公网的函数 URL 返回 403；AuthType 为 CAM 时一律返回 401',
  },
  {
    en: 'With `CorsConfig` the platform answers preflights itself, with 204, and sets the headers of every answer over those of the function',
    zh: '开启 CorsConfig 后平台自行以 204 应答预检，并在每个响应上覆盖跨域响应头',
  },
  {
    en: 'An endpoint of a custom domain needs a Function URL of the same qualifier; exact paths win over `*`, longer ones over shorter; `/aa/*` covers `/aa`; `$` or `$1` in a rewrite is what `*` covered; a function that a domain points at cannot be deleted',
    zh: '自定义域名的路由须指向同一版本或别名的函数 URL；精确优先于 *，长优先于短；/aa/* 也匹配 /aa；重写中的 $ 或 $1 为 * 匹配的部分；被域名指向的函数不能删除',
  },
  {
    en: 'A failed function is reported in `RetMsg` (the error object), `ErrMsg` and `InvokeResult` alike',
    zh: '函数出错时 RetMsg（错误对象）、ErrMsg、InvokeResult 均有体现',
  },
  {
    en: 'Reserved memory below that of one instance means that no instance starts: 432',
    zh: '保留并发内存小于单实例内存时不启动实例，返回 432',
  },
  {
    en: 'Retries of asynchronous events are 0 to 2, `MsgTTL` is 60 to 21600 s, `InitTimeout` at most 300 s',
    zh: '异步重试次数 0 至 2，MsgTTL 60 至 21600 秒，InitTimeout 至多 300 秒',
  },
  {
    en: 'Codes marked as assumed are in no list of the action that we know; the lists of `UpdateTrigger` and of the actions on domains have not been found at all',
    zh: '标为假定的错误码不在该接口的公布列表中；UpdateTrigger 与自定义域名接口的列表未找到',
  },
];

/** Where it knowingly is not like the cloud. */
export const omissions: readonly Text[] = [
  {
    en: 'A Function URL is a port of its own on this machine, in plain HTTP: `http://127.0.0.1:<port>` in place of `https://<appid>-<id>.<region>.tencentscf.com`; intranet and WebSocket URLs are empty',
    zh: '函数 URL 为本机独立端口的 HTTP 地址，代替 https://<appid>-<id>.<region>.tencentscf.com；内网与 WebSocket 地址为空',
  },
  {
    en: 'Custom domains are served by the port of the API, by `Host`, in plain HTTP; certificates, DNS, filing and WAF are stored and not looked at',
    zh: '自定义域名由接口所在端口按 Host 提供，仅 HTTP；证书、DNS、备案、WAF 只保存不检查',
  },
  {
    en: 'One account, one region, one namespace; roles, VPCs, log topics and tags are stored, and taken to exist; there is no CAM',
    zh: '单账号、单地域、单命名空间；角色、VPC、日志主题、标签只保存并视为存在；没有 CAM 鉴权',
  },
  {
    en: 'Event functions of Node.js alone, on the Node.js that the stand-in itself runs on, with code from `ZipFile`; web functions, images, COS, layers, file systems and asynchronous execution are refused',
    zh: '仅运行 Node.js 事件函数（使用本机 Node.js），代码仅限 ZipFile；Web 函数、镜像、COS、层、文件系统、异步执行均拒绝',
  },
  {
    en: 'Triggers of the types cos, cls and ckafka are refused; signed calls of Function URLs are not verified',
    zh: 'cos、cls、ckafka 触发器被拒绝；不校验函数 URL 的签名调用',
  },
  {
    en: 'Provisioned concurrency is stored and said to be there at once; instances start with the first event. `AddtionVersionMatchs` is stored and does not route. `MsgTTL` is stored and does not expire events; throttled events are not kept',
    zh: '预置并发只保存并立即视为就绪；AddtionVersionMatchs 只保存不路由；MsgTTL 只保存不使事件过期；限流的事件不保留',
  },
  {
    en: 'Of one function at most ten instances run at once; further events wait in line where the cloud would throttle',
    zh: '每个函数至多同时 10 个实例，其余事件排队，云上则会限流',
  },
  {
    en: 'Everything is in memory, and gone when it is closed',
    zh: '全部数据在内存中，关闭即清空',
  },
];
