Trời	N
mưa	V
<s>
Đường	N
trơn	A
</s>
